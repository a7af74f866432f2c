using System.Runtime.InteropServices;

namespace NeuralMask.Imaging;

/// <summary>Lays colours and pictures behind pictures.</summary>
public static class Backdrop
{
    /// <summary>
    /// Puts the picture over a colour, in place: "over" with straight alpha on both sides, in sRGB values as browsers
    /// and editors do. An opaque colour makes the picture opaque, a transparent one leaves what can be seen as it is.
    /// </summary>
    /// <param name="picture">The picture; changed in place.</param>
    /// <param name="colour">The colour behind it.</param>
    /// <param name="cancellationToken">Seen once a row; a picture that was cancelled is changed in part.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Lay(Picture picture, BackgroundColour colour, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.IsOpaque || colour.Alpha == 0)
        {
            return;
        }

        var behind = colour.Red | ((uint)colour.Green << 8) | ((uint)colour.Blue << 16) | ((uint)colour.Alpha << 24);
        var pixels = MemoryMarshal.Cast<byte, uint>(picture.Pixels);
        for (var y = 0; y < picture.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            StraightOver.Lay(pixels.Slice(y * picture.Width, picture.Width), behind);
        }

        picture.IsOpaqueIfKnown = colour.Alpha == 255 ? true : null;
    }

    /// <summary>
    /// Puts the picture over another one, in place: enlarged or shrunk so that it covers the picture, its middle in the
    /// middle, or as it is where it has exactly the picture's size.
    /// </summary>
    /// <param name="picture">The picture; changed in place.</param>
    /// <param name="behind">The picture behind it; not changed. Where it is transparent, so is the result.</param>
    /// <param name="cancellationToken">Seen once a row; a picture that was cancelled is changed in part.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Cover(Picture picture, Picture behind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(behind);
        if (picture.IsOpaque)
        {
            return;
        }

        var opaque = behind.IsOpaque;
        if (behind.Width == picture.Width && behind.Height == picture.Height)
        {
            StraightOver.Lay(MemoryMarshal.Cast<byte, uint>(picture.Pixels), MemoryMarshal.Cast<byte, uint>(behind.Reading));
        }
        else
        {
            var factor = Math.Max((double)picture.Width / behind.Width, (double)picture.Height / behind.Height);
            var (width, height) = (Math.Min(behind.Width, picture.Width / factor), Math.Min(behind.Height, picture.Height / factor));
            var part = new SourcePart((behind.Width - width) / 2, (behind.Height - height) / 2, width, height);
            var row = new byte[picture.Width * Picture.BytesPerPixel];
            Resampler.Run<PremultipliedForm, RowsBehind>(
                behind, part, picture.Width, picture.Height, ResizeKernel.Bilinear, new RowsBehind(picture.Pixels, row), cancellationToken);
        }

        picture.IsOpaqueIfKnown = opaque ? true : null;
    }

    private readonly ref struct RowsBehind(Span<byte> pixels, Span<byte> row) : IRowSink
    {
        private readonly Span<byte> _pixels = pixels;
        private readonly Span<byte> _row = row;

        public void Put(int y, ReadOnlySpan<float> row)
        {
            PremultipliedForm.Store(row, _row);
            StraightOver.Lay(
                MemoryMarshal.Cast<byte, uint>(_pixels.Slice(y * _row.Length, _row.Length)), MemoryMarshal.Cast<byte, uint>(_row));
        }
    }
}
