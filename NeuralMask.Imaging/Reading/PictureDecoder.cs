using System.Globalization;
using SkiaSharp;

namespace NeuralMask.Imaging;

/// <summary>Bytes to pixels.</summary>
public static class PictureDecoder
{
    /// <summary>
    /// Decodes once, straight to 8-bit sRGB with straight alpha: colour profile converted, orientation applied. Of an
    /// animation the first frame is taken.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="header">What <see cref="PictureHeader.Read"/> said of these bytes.</param>
    /// <param name="cancellationToken">Seen before and after the codec runs; the codec itself cannot be stopped.</param>
    /// <returns>The picture at its displayed size; the caller disposes of it.</returns>
    /// <exception cref="PictureException"><see cref="PictureFault.Damaged"/>: truncated or corrupt.</exception>
    /// <exception cref="ArgumentException">The header is not of these bytes.</exception>
    public static Picture Decode(ReadOnlyMemory<byte> bytes, PictureHeader header, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(header);
        cancellationToken.ThrowIfCancellationRequested();
        var stored = DecodeStored(bytes, header);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Turning.Apply(stored, header.Orientation, cancellationToken);
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    private static Picture DecodeStored(ReadOnlyMemory<byte> bytes, PictureHeader header)
    {
        using var source = new CodecSource(bytes);
        var codec = source.Codec;
        if (codec.Info.Width != header.StoredWidth || codec.Info.Height != header.StoredHeight)
        {
            throw new ArgumentException("The header was read from other bytes.", nameof(header));
        }

        var picture = new Picture(header.StoredWidth, header.StoredHeight);
        try
        {
            var result = header.HasSixteenBits ? SixteenBitRows.Fill(codec, picture) : Fill(codec, picture);
            if (result != SKCodecResult.Success)
            {
                throw new PictureException(
                    PictureFault.Damaged,
                    string.Create(CultureInfo.InvariantCulture, $"The picture's data is {Reason(result)}: send the complete, undamaged file."));
            }

            if (!header.HasAlpha)
            {
                picture.IsOpaqueIfKnown = true;
            }

            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    private static unsafe SKCodecResult Fill(SKCodec codec, Picture picture)
    {
        using var colours = SKColorSpace.CreateSrgb();
        var info = new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colours);
        fixed (byte* pixels = picture.Pixels)
        {
            return codec.GetPixels(info, (nint)pixels, info.RowBytes, SKCodecOptions.Default);
        }
    }

    private static string Reason(SKCodecResult result) => result == SKCodecResult.IncompleteInput ? "cut off" : "corrupt";
}
