using System.Runtime.InteropServices;

namespace NeuralMask.Imaging;

/// <summary>
/// The subject's own colour where it is mixed with the background's: what keeps a red wall out of hair. Blur fusion in
/// two passes (M. Forte, "Approximate fast foreground colour estimation", ICIP 2021), over 90 pixels and then over 6:
/// foreground and background are means of the picture weighed by α and by 1 − α, and what the composite says of the
/// difference is added. The wide pass takes the least squares instead of the means (<see cref="ColourPair.Solved"/>).
/// </summary>
public static class ForegroundColour
{
    /// <summary>
    /// Replaces, in place, the colour of pixels whose alpha is neither 0 nor 255. Others, and the picture's own alpha,
    /// stay as they are. Colour under the picture's own transparency counts in part, hidden colour not at all.
    /// </summary>
    /// <param name="picture">The picture before the mask was laid over it; its colour is changed.</param>
    /// <param name="alpha">How much of the subject each pixel has, at the picture's size.</param>
    /// <param name="cancellationToken">Seen once a row; a picture that was cancelled is changed in part.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Estimate(Picture picture, Mask alpha, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(alpha);
        if ((picture.Width, picture.Height) != (alpha.Width, alpha.Height))
        {
            throw new ArgumentException($"Alpha of {alpha.Width} × {alpha.Height} is not of the picture's size: spread it first.", nameof(alpha));
        }

        Estimate(picture, alpha.Alpha.Span, cancellationToken);
    }

    /// <summary>The same with alpha in memory of the caller's, a byte a pixel.</summary>
    internal static void Estimate(Picture picture, ReadOnlySpan<byte> alpha, CancellationToken cancellationToken)
    {
        using var band = new BandBlocks(alpha, picture.Width, picture.Height);
        if (band.IsEmpty)
        {
            return;
        }

        using var coarse = new CoarseColours(picture, alpha, band, cancellationToken);
        using var fine = new FineColours(picture, coarse, band);
        var pixels = MemoryMarshal.Cast<byte, uint>(picture.Pixels);
        for (var y = 0; y < picture.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            fine.Write(pixels, alpha, y);
        }
    }
}
