namespace NeuralMask.Imaging;

/// <summary>
/// Room around a cropped subject, side by side. A share is one of the subject's height for top and bottom, of its width
/// for left and right, and at most a half of it; pixels are at most 500. What is more is taken for the most.
/// </summary>
/// <param name="Top">Above the subject.</param>
/// <param name="Right">Right of it.</param>
/// <param name="Bottom">Below it.</param>
/// <param name="Left">Left of it.</param>
public readonly record struct CropMargin(Extent Top, Extent Right, Extent Bottom, Extent Left)
{
    private const double LargestShare = 50;
    private const double LargestPixels = 500;

    /// <summary>
    /// Reads one value for all sides, two for top and bottom and for left and right, or four in the order of CSS: top,
    /// right, bottom, left. Each is <c>30px</c>, <c>10%</c> or a bare number of pixels.
    /// </summary>
    /// <param name="text">The margin.</param>
    /// <exception cref="CompositionException"><see cref="CompositionFault.InvalidCropMargin"/>.</exception>
    public static CropMargin Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Extent.ParseAll(text, 4) switch
        {
            [var all] => new(all, all, all, all),
            [var vertical, var horizontal] => new(vertical, horizontal, vertical, horizontal),
            [var top, var right, var bottom, var left] => new(top, right, bottom, left),
            _ => throw new CompositionException(
                CompositionFault.InvalidCropMargin,
                "A crop margin is one, two or four lengths such as \"30px\" or \"10% 5%\", in the order top, right, bottom, left."),
        };
    }

    /// <summary>The margins around a subject in pixels, rounded.</summary>
    internal (int Top, int Right, int Bottom, int Left) Around(int width, int height) =>
        (Side(Top, height), Side(Right, width), Side(Bottom, height), Side(Left, width));

    private static int Side(Extent extent, int whole)
    {
        var most = extent.IsShare ? LargestShare : LargestPixels;
        return (int)Math.Round((extent with { Value = Math.Min(extent.Value, most) }).In(whole));
    }
}
