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

    /// <summary>Refuses files that are empty or too large.</summary>
    /// <param name="bytes">Length of the file.</param>
    /// <exception cref="PictureException"><see cref="PictureFault.Empty"/> or <see cref="PictureFault.TooManyBytes"/>.</exception>
    public void CheckBytes(long bytes)
    {
        if (bytes == 0)
        {
            throw new PictureException(PictureFault.Empty, "The picture is empty: send the bytes of a JPEG, PNG or WebP file.");
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

    // Rounded, but never to a number that looks as if it were within the limit.
    private static string Megapixels(long pixels, long limit)
    {
        var rounded = Math.Round(pixels / 1e6, 1);
        return (rounded > limit / 1e6 ? rounded : pixels / 1e6).ToString("0.######", CultureInfo.InvariantCulture);
    }
}
