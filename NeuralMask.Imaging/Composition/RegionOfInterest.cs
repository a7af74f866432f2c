using System.Globalization;

namespace NeuralMask.Imaging;

/// <summary>
/// The part of a picture in which the subject is looked for; everything outside is background. Given by two corners that
/// lie opposite each other.
/// </summary>
/// <param name="FromX">Column of the one corner; a share is one of the picture's width.</param>
/// <param name="FromY">Its row; a share is one of the height.</param>
/// <param name="ToX">Column of the other corner, which is not part of the region itself.</param>
/// <param name="ToY">Its row.</param>
public readonly record struct RegionOfInterest(Extent FromX, Extent FromY, Extent ToX, Extent ToY)
{
    // A share that is meant to be the whole may come out a little larger.
    private const double Tolerance = 1e-6;

    /// <summary>Reads <c>x1 y1 x2 y2</c>, each <c>30px</c>, <c>10%</c> or a bare number of pixels.</summary>
    /// <param name="text">The region.</param>
    /// <exception cref="CompositionException"><see cref="CompositionFault.InvalidRegion"/>.</exception>
    public static RegionOfInterest Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Extent.ParseAll(text, 4) is [var fromX, var fromY, var toX, var toY]
            ? new RegionOfInterest(fromX, fromY, toX, toY)
            : throw new CompositionException(
                CompositionFault.InvalidRegion, "A region of interest is \"x1 y1 x2 y2\", each a length such as \"30px\" or \"10%\".");
    }

    /// <summary>The region in a picture's pixels; the corners may be given in any order.</summary>
    /// <param name="width">Width of the picture as displayed, in pixels.</param>
    /// <param name="height">Height of the picture as displayed, in pixels.</param>
    /// <exception cref="CompositionException">
    /// <see cref="CompositionFault.RegionExceedsBounds"/> or <see cref="CompositionFault.RegionEmpty"/>.
    /// </exception>
    public PixelBox In(int width, int height)
    {
        var (left, right) = Ordered(FromX.In(width), ToX.In(width));
        var (top, bottom) = Ordered(FromY.In(height), ToY.In(height));
        if (right > width + Tolerance || bottom > height + Tolerance)
        {
            throw new CompositionException(
                CompositionFault.RegionExceedsBounds,
                string.Create(CultureInfo.InvariantCulture, $"The region of interest reaches beyond the picture, which is {width} × {height} pixels."));
        }

        var box = new PixelBox(
            (int)Math.Round(left), (int)Math.Round(top), (int)Math.Round(right) - (int)Math.Round(left), (int)Math.Round(bottom) - (int)Math.Round(top));
        return box is { Width: > 0, Height: > 0 }
            ? box
            : throw new CompositionException(CompositionFault.RegionEmpty, "The region of interest holds no pixel; give two corners that lie opposite each other.");
    }

    private static (double Low, double High) Ordered(double a, double b) => (Math.Min(a, b), Math.Max(a, b));
}
