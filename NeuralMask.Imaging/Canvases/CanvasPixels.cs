namespace NeuralMask.Imaging;

/// <summary>A painted canvas: what is sent to a network.</summary>
public sealed class CanvasPixels
{
    /// <summary>Wraps pixels.</summary>
    /// <param name="rgb">R, G, B bytes a pixel, rows from the top without padding; not copied.</param>
    /// <param name="placement">Size of the canvas, and where the picture lies on it.</param>
    /// <exception cref="ArgumentException">The number of bytes is not that of the canvas.</exception>
    public CanvasPixels(byte[] rgb, CanvasPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        if (rgb.Length != (long)placement.CanvasWidth * placement.CanvasHeight * 3)
        {
            throw new ArgumentException(
                $"A canvas of {placement.CanvasWidth} × {placement.CanvasHeight} has three bytes a pixel, not {rgb.Length} in all.", nameof(rgb));
        }

        Rgb = rgb;
        Placement = placement;
    }

    /// <summary>R, G, B bytes a pixel in sRGB, rows from the top without padding.</summary>
    public ReadOnlyMemory<byte> Rgb { get; }

    /// <summary>Where the picture lies, which is needed to lay the mask back.</summary>
    public CanvasPlacement Placement { get; }

    /// <summary>Width of the canvas in pixels.</summary>
    public int Width => Placement.CanvasWidth;

    /// <summary>Height of the canvas in pixels.</summary>
    public int Height => Placement.CanvasHeight;
}
