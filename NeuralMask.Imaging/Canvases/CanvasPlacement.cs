namespace NeuralMask.Imaging;

/// <summary>Where a picture lies on a canvas; everything in canvas pixels. It lies in the top left corner.</summary>
/// <param name="CanvasWidth">Width of the canvas.</param>
/// <param name="CanvasHeight">Height of the canvas.</param>
/// <param name="Width">Width of the picture on the canvas: 1 to <paramref name="CanvasWidth"/>.</param>
/// <param name="Height">Height of the picture on the canvas: 1 to <paramref name="CanvasHeight"/>.</param>
public readonly record struct CanvasPlacement(int CanvasWidth, int CanvasHeight, int Width, int Height)
{
    /// <summary>A picture that fills its canvas.</summary>
    /// <param name="width">Width of the canvas.</param>
    /// <param name="height">Height of the canvas.</param>
    public static CanvasPlacement Whole(int width, int height) => new(width, height, width, height);
}
