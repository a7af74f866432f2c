using System.Globalization;

namespace NeuralMask.Imaging;

/// <summary>What a picture may be at most; all of it is known from the header, before pixels cost anything.</summary>
public sealed record PictureLimits
{
    /// <summary>Largest file in bytes; 50 MiB unless set.</summary>
    public long MaxBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>Largest width × height in pixels; 50 megapixels unless set. A pixel costs four bytes once decoded.</summary>
    public long MaxPixels { get; init; } = 50_000_000;

    /// <summary>
    /// Longest side in pixels. Nobody photographs longer ones, and it bounds the row buffers of every later stage.
    /// </summary>
    public int MaxSide { get; init; } = 32_000;

    /// <summary>Most frames of an animation, of which only the first is decoded; 1000 unless set.</summary>
    public int MaxFrames { get; init; } = 1000;

    /// <summary>
    /// Most bytes of profiles, EXIF, XMP, comments and text in a file; 16 MiB unless set. Phones that put a depth map and
    /// the unblurred original into XMP stay below it.
    /// </summary>
    public long MaxMetadataBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>
    /// Most passes of a JPEG over its pixels; 100 unless set. Encoders make about ten, and each costs a walk over the whole
    /// picture however few bytes it has.
    /// </summary>
    public int MaxScans { get; init; } = 100;

    /// <summary>
    /// Most pixels for each byte of the file; 10 000 unless set. A white page of one bit a pixel has 8 000 as a PNG, and
    /// every photograph has fewer than 100. Asked of pictures beyond <see cref="FreePixels"/> only.
    /// </summary>
    public int MaxPixelsPerByte { get; init; } = 10_000;

    /// <summary>
    /// Pixels up to which <see cref="MaxPixelsPerByte"/> is not asked: an evenly coloured picture has 40 bytes as
    /// a WebP, whatever its size. 16 megapixels unless set.
    /// </summary>
    public long FreePixels { get; init; } = 16_000_000;

    /// <summary>Refuses files that are empty or too large.</summary>
    /// <param name="bytes">Length of the file.</param>
    /// <exception cref="PictureException"><see cref="PictureFault.Empty"/> or <see cref="PictureFault.TooManyBytes"/>.</exception>
    public void CheckBytes(long bytes)
    {
        if (bytes == 0)
        {
            throw new PictureException(PictureFault.Empty, "The picture is empty: send the bytes of a JPEG, PNG, WebP, GIF or BMP file.");
        }

        if (bytes > MaxBytes)
        {
            throw new PictureException(
                PictureFault.TooManyBytes,
                string.Create(CultureInfo.InvariantCulture, $"The file has {bytes} bytes; at most {MaxBytes} are accepted: send a smaller one."));
        }
    }

    /// <summary>Refuses pictures with too many pixels or too long a side.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <exception cref="PictureException"><see cref="PictureFault.TooManyPixels"/>.</exception>
    public void CheckPixels(int width, int height)
    {
        var pixels = (long)width * height;
        if (pixels > MaxPixels)
        {
            throw new PictureException(
                PictureFault.TooManyPixels,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The picture has {Megapixels(pixels, MaxPixels)} megapixels ({width} × {height}); at most {MaxPixels / 1e6:0.######} are accepted: send a smaller one."));
        }

        if (Math.Max(width, height) > MaxSide)
        {
            throw new PictureException(
                PictureFault.TooManyPixels,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The picture is {width} × {height} pixels; a side of at most {MaxSide} is accepted: send a smaller one."));
        }
    }

    /// <summary>Refuses pictures that take few bytes and would take much memory or time.</summary>
    /// <exception cref="PictureException">
    /// <see cref="PictureFault.TooManyFrames"/>, <see cref="PictureFault.TooMuchMetadata"/> or <see cref="PictureFault.OutOfProportion"/>.
    /// </exception>
    internal void CheckStructure(FileFacts facts)
    {
        if (facts.Frames > MaxFrames)
        {
            throw Refusal(PictureFault.TooManyFrames, $"The animation has more than {MaxFrames} frames: send a still picture.");
        }

        if (facts.MetadataBytes > MaxMetadataBytes)
        {
            throw Refusal(
                PictureFault.TooMuchMetadata,
                $"The file's metadata counts as {facts.MetadataBytes} bytes; at most {MaxMetadataBytes} are accepted: remove it.");
        }

        if (facts.Scans > MaxScans)
        {
            throw Refusal(PictureFault.OutOfProportion, $"The JPEG has more than {MaxScans} scans: save it anew.");
        }
    }

    /// <summary>Refuses pictures whose file is far too small for their pixels.</summary>
    /// <exception cref="PictureException"><see cref="PictureFault.OutOfProportion"/>.</exception>
    internal void CheckProportion(long pixels, long bytes)
    {
        if (pixels > FreePixels && pixels / MaxPixelsPerByte > bytes)
        {
            throw Refusal(
                PictureFault.OutOfProportion,
                $"The file says that it has {pixels} pixels in {bytes} bytes; at most {MaxPixelsPerByte} a byte are accepted: send a smaller picture.");
        }
    }

    private static PictureException Refusal(PictureFault fault, FormattableString message) => new(fault, FormattableString.Invariant(message));

    // Rounded, but never to a number that looks as if it were within the limit.
    private static string Megapixels(long pixels, long limit)
    {
        var rounded = Math.Round(pixels / 1e6, 1);
        return (rounded > limit / 1e6 ? rounded : pixels / 1e6).ToString("0.######", CultureInfo.InvariantCulture);
    }
}
