namespace NeuralMask.Imaging;

/// <summary>Alpha alone: 0 is background, 255 subject.</summary>
public sealed class Mask
{
    /// <summary>Wraps alpha.</summary>
    /// <param name="alpha">A byte a pixel, rows from the top without padding; not copied.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    /// <exception cref="ArgumentException">The number of bytes is not that of the sides.</exception>
    public Mask(byte[] alpha, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (alpha.Length != (long)width * height)
        {
            throw new ArgumentException($"A mask of {width} × {height} has one byte a pixel, not {alpha.Length} in all.", nameof(alpha));
        }

        Alpha = alpha;
        Width = width;
        Height = height;
    }

    /// <summary>A byte a pixel, rows from the top without padding.</summary>
    public ReadOnlyMemory<byte> Alpha { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }
}
