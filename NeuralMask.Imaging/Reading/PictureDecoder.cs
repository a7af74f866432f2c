using System.Runtime.InteropServices;
using SkiaSharp;

namespace NeuralMask.Imaging;

/// <summary>Bytes to pixels.</summary>
public static class PictureDecoder
{
    // Mid-grey, opaque: R, G, B, A from the lowest byte on.
    private const uint Missing = 0xFF80_8080;
    private const uint AlphaBits = 0xFF00_0000;

    private static ReadOnlySpan<byte> EndOfJpeg => [0xFF, 0xD9];

    /// <summary>As <see cref="Decode(ReadOnlyMemory{byte}, PictureHeader, DamagedPixels, CancellationToken)"/>, refusing damaged pixels.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="header">What <see cref="PictureHeader.Read"/> said of these bytes.</param>
    /// <param name="cancellationToken">Seen before and after the codec runs; the codec itself cannot be stopped.</param>
    /// <returns>The picture at its displayed size; the caller disposes of it.</returns>
    /// <exception cref="PictureException"><see cref="PictureFault.Damaged"/>: truncated or corrupt.</exception>
    /// <exception cref="ArgumentException">The header is not of these bytes.</exception>
    public static Picture Decode(ReadOnlyMemory<byte> bytes, PictureHeader header, CancellationToken cancellationToken) =>
        Decode(bytes, header, DamagedPixels.Refused, cancellationToken);

    /// <summary>
    /// Decodes once, straight to 8-bit sRGB with straight alpha: colour profile converted, orientation applied. Inks
    /// without a profile are read as offset print on coated paper. Of an animation the first frame is taken.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="header">What <see cref="PictureHeader.Read"/> said of these bytes.</param>
    /// <param name="damage">What is done about pixels that are cut off or corrupt.</param>
    /// <param name="cancellationToken">Seen before and after the codec runs; the codec itself cannot be stopped.</param>
    /// <returns>The picture at its displayed size; the caller disposes of it.</returns>
    /// <exception cref="PictureException"><see cref="PictureFault.Damaged"/>: truncated or corrupt.</exception>
    /// <exception cref="ArgumentException">The header is not of these bytes.</exception>
    public static Picture Decode(ReadOnlyMemory<byte> bytes, PictureHeader header, DamagedPixels damage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(header);
        cancellationToken.ThrowIfCancellationRequested();
        if (header.LacksScans && damage == DamagedPixels.Refused)
        {
            throw Damaged(Reason(SKCodecResult.IncompleteInput));
        }

        var stored = header.Inks is InkStorage.Inverted or InkStorage.Direct
            ? DecodeStored(IccSegment.Replace(bytes.Span, PrintProfile.For(header.Inks)), header, damage)
            : DecodeStored(bytes, header, damage);
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

    private static Picture DecodeStored(ReadOnlyMemory<byte> bytes, PictureHeader header, DamagedPixels damage)
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
            if (damage == DamagedPixels.Filled)
            {
                picture.Pixels.Clear();
            }

            var result = header is { HasSixteenBits: true, Format: PictureFormat.Png }
                ? SixteenBitPng.Fill(bytes, picture, codec.Info.ColorSpace)
                : Fill(codec, picture);
            if (result == SKCodecResult.IncompleteInput && damage == DamagedPixels.Filled && header.Format == PictureFormat.Jpeg && !HasEnd(bytes.Span))
            {
                // Without the end's marker the codec holds back the last rows that it has; with it, it gives every block
                // that is there, and grey for the others.
                picture.Dispose();
                return DecodeStored((byte[])[.. bytes.Span, .. EndOfJpeg], header, damage);
            }

            if (result != SKCodecResult.Success && !(damage == DamagedPixels.Filled && IsDamage(result) && TryMend(picture, header.HasAlpha)))
            {
                throw Damaged(Reason(result));
            }

            if (damage == DamagedPixels.Filled && MemoryMarshal.Cast<byte, uint>(picture.Pixels).IndexOfAnyExcept(Missing) < 0)
            {
                throw Damaged("missing");
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

    // What the codec did not come to is zero. In a picture that is opaque by format nothing else has no alpha.
    private static bool TryMend(Picture picture, bool hasAlpha)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(picture.Pixels);
        if (pixels.IndexOfAnyExcept(0u) < 0)
        {
            return false;
        }

        for (var i = hasAlpha ? pixels.Length : 0; i < pixels.Length; i++)
        {
            if ((pixels[i] & AlphaBits) == 0)
            {
                pixels[i] = Missing;
            }
        }

        return true;
    }

    private static bool HasEnd(ReadOnlySpan<byte> jpeg) => jpeg.EndsWith(EndOfJpeg);

    private static bool IsDamage(SKCodecResult result) => result is SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput;

    private static PictureException Damaged(string what) =>
        new(PictureFault.Damaged, $"The picture's data is {what}: send the complete, undamaged file.");

    private static string Reason(SKCodecResult result) => result == SKCodecResult.IncompleteInput ? "cut off" : "corrupt";
}
