namespace NeuralMask.Imaging;

/// <summary>What a network wants to look at: a rule that gives a canvas, and a place on it, for every picture.</summary>
/// <param name="Fit">How pictures are brought onto it.</param>
/// <param name="Kernel">Kernel of that resize.</param>
/// <param name="Width">Width in pixels; with <see cref="CanvasFit.ShortSide"/> the largest.</param>
/// <param name="Height">Height in pixels; with <see cref="CanvasFit.ShortSide"/> the largest.</param>
public sealed record Canvas(CanvasFit Fit, ResizeKernel Kernel, int Width, int Height)
{
    /// <summary>With <see cref="CanvasFit.ShortSide"/>: both sides are multiples of this, and never smaller than it.</summary>
    public int MultipleOf { get; init; } = 1;

    /// <summary>
    /// With <see cref="CanvasFit.ShortSide"/>: what the shorter side is brought to, in pixels. Null means the shorter
    /// side of the canvas.
    /// </summary>
    public int? ReferenceSide { get; init; }

    /// <summary>Where a picture of the given size comes to lie.</summary>
    /// <param name="pictureWidth">Width of the picture as displayed, in pixels.</param>
    /// <param name="pictureHeight">Height of the picture as displayed, in pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side of the picture or of the canvas is not positive.</exception>
    public CanvasPlacement Place(int pictureWidth, int pictureHeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pictureWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pictureHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Height);
        return Fit switch
        {
            CanvasFit.Stretch => CanvasPlacement.Whole(Width, Height),
            CanvasFit.Letterbox => Letterbox(pictureWidth, pictureHeight),
            CanvasFit.ShortSide => ShortSide(pictureWidth, pictureHeight),
            _ => throw new InvalidOperationException($"There is no fit {Fit}."),
        };
    }

    private CanvasPlacement Letterbox(int pictureWidth, int pictureHeight)
    {
        var factor = Math.Min((double)Width / pictureWidth, (double)Height / pictureHeight);
        return new CanvasPlacement(
            Width,
            Height,
            Math.Clamp((int)Math.Round(pictureWidth * factor), 1, Width),
            Math.Clamp((int)Math.Round(pictureHeight * factor), 1, Height));
    }

    // A very long picture would want a canvas beyond the largest: its long side is squeezed, and stretched back later.
    private CanvasPlacement ShortSide(int pictureWidth, int pictureHeight)
    {
        var factor = (double)(ReferenceSide ?? Math.Min(Width, Height)) / Math.Min(pictureWidth, pictureHeight);
        return CanvasPlacement.Whole(Side(pictureWidth * factor, Width), Side(pictureHeight * factor, Height));
    }

    private int Side(double length, int largest)
    {
        var steps = Math.Min(Math.Round(length / MultipleOf), largest / MultipleOf);
        return Math.Max(1, (int)steps) * MultipleOf;
    }
}
