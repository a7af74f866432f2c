using System.Globalization;

namespace NeuralMask.Imaging;

/// <summary>A length as people write it: pixels, or a share of something that is known later.</summary>
/// <param name="Value">Pixels, or percent.</param>
/// <param name="IsShare">True for percent.</param>
public readonly record struct Extent(double Value, bool IsShare)
{
    // Beyond what any picture has; keeps sums of extents exact.
    private const double Largest = 1_000_000;

    private const NumberStyles Digits = NumberStyles.AllowDecimalPoint;

    /// <summary>Reads <c>30px</c>, <c>12.5%</c> or a bare number, which is pixels. Never negative.</summary>
    /// <param name="text">The length, without spaces.</param>
    /// <param name="extent">What was read; zero where nothing was.</param>
    /// <returns>False where the text is no length.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Extent extent)
    {
        var share = text.EndsWith('%');
        var number = share ? text[..^1] : text.EndsWith("px", StringComparison.OrdinalIgnoreCase) ? text[..^2] : text;
        var read = double.TryParse(number, Digits, CultureInfo.InvariantCulture, out var value) && value <= Largest;
        extent = read ? new Extent(value, share) : default;
        return read;
    }

    /// <summary>The length in pixels, not rounded.</summary>
    /// <param name="whole">What a share is a share of, in pixels.</param>
    public double In(double whole) => IsShare ? Value / 100 * whole : Value;

    /// <summary>Reads lengths with spaces between; null where one is none, or there are too many.</summary>
    internal static Extent[]? ParseAll(string text, int most)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words.Length > most)
        {
            return null;
        }

        var extents = new Extent[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!TryParse(words[i], out extents[i]))
            {
                return null;
            }
        }

        return extents;
    }
}
