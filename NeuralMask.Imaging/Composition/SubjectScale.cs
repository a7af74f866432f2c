namespace NeuralMask.Imaging;

/// <summary>How large the subject is on the canvas.</summary>
/// <param name="Share">
/// Share, 0.1 to 1, of the canvas's width or height that the subject takes, whichever it comes to first; null leaves its size.
/// </param>
public readonly record struct SubjectScale(double? Share)
{
    /// <summary>The subject keeps its size.</summary>
    public static SubjectScale Original => default;

    /// <summary>Reads <c>original</c>, or <c>10%</c> to <c>100%</c>.</summary>
    /// <param name="text">The scale.</param>
    /// <exception cref="CompositionException"><see cref="CompositionFault.InvalidScale"/>.</exception>
    public static SubjectScale Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (text.Equals("original", StringComparison.OrdinalIgnoreCase))
        {
            return Original;
        }

        return Extent.TryParse(text, out var extent) && extent is { IsShare: true, Value: >= 10 and <= 100 }
            ? new SubjectScale(extent.Value / 100)
            : throw new CompositionException(CompositionFault.InvalidScale, "A scale is \"original\", or between \"10%\" and \"100%\".");
    }
}
