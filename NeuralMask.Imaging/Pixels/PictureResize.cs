namespace NeuralMask.Imaging;

/// <summary>Makes pictures smaller, for results in size tiers.</summary>
public static class PictureResize
{
    /// <summary>The size nearest to the given one, of the same shape, that has at most so many pixels. Never larger.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="maxPixels">Most pixels, at least 1.</param>
    public static (int Width, int Height) Within(int width, int height, long maxPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxPixels);
        if ((long)width * height <= maxPixels)
        {
            return (width, height);
        }

        // The shorter side first: rounding it is what bends the shape, the longer one follows and keeps the limit.
        var factor = Math.Sqrt(maxPixels / ((double)width * height));
        var shorter = Math.Max(1, (int)Math.Floor(Math.Min(width, height) * factor));
        var exact = (double)shorter * Math.Max(width, height) / Math.Min(width, height);
        var longer = (int)Math.Min(Math.Round(exact), maxPixels / shorter);
        return width < height ? (shorter, longer) : (longer, shorter);
    }

    /// <summary>
    /// Makes a smaller picture with at most so many pixels, antialiased, colour weighed by alpha so that edges stay
    /// clean. Colour hidden under alpha 0 is lost: who needs it shrinks before laying the mask.
    /// </summary>
    /// <param name="picture">The picture; not changed.</param>
    /// <param name="maxPixels">Most pixels, at least 1.</param>
    /// <param name="cancellationToken">Seen once a row.</param>
    /// <returns>The smaller picture, of which the caller disposes; null where the given one is small enough.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Picture? Shrink(Picture picture, long maxPixels, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var (width, height) = Within(picture.Width, picture.Height, maxPixels);
        if (width == picture.Width && height == picture.Height)
        {
            return null;
        }

        var smaller = new Picture(width, height);
        try
        {
            Resampler.Run<PremultipliedForm>(
                picture, width, height, ResizeKernel.Bilinear, smaller.Pixels, width * Picture.BytesPerPixel, cancellationToken);
            smaller.IsOpaqueIfKnown = picture.IsOpaqueIfKnown is true ? true : null;
            return smaller;
        }
        catch
        {
            smaller.Dispose();
            throw;
        }
    }
}
