namespace NeuralMask.Imaging;

/// <summary>Where the subject is on the canvas.</summary>
/// <param name="Across">
/// Share, 0 to 1, of the room beside the subject that is left of it: 0 puts it to the left edge, 1 to the right one. Null
/// leaves it where it was.
/// </param>
/// <param name="Down">The same for the room above it; null together with <paramref name="Across"/>.</param>
public readonly record struct SubjectPosition(double? Across, double? Down)
{
    /// <summary>The subject stays where it was.</summary>
    public static SubjectPosition Original => default;

    /// <summary>The subject is in the middle.</summary>
    public static SubjectPosition Center => new(0.5, 0.5);

    /// <summary>
    /// Reads <c>original</c>, <c>center</c>, one share for both directions such as <c>20%</c>, or two: from the left and
    /// from the top.
    /// </summary>
    /// <param name="text">The position.</param>
    /// <exception cref="CompositionException"><see cref="CompositionFault.InvalidPosition"/>.</exception>
    public static SubjectPosition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (text.Equals("original", StringComparison.OrdinalIgnoreCase))
        {
            return Original;
        }

        if (text.Equals("center", StringComparison.OrdinalIgnoreCase))
        {
            return Center;
        }

        return Extent.ParseAll(text, 2) is { } extents && Array.TrueForAll(extents, extent => extent is { IsShare: true, Value: <= 100 })
            ? new SubjectPosition(extents[0].Value / 100, extents[^1].Value / 100)
            : throw new CompositionException(
                CompositionFault.InvalidPosition, "A position is \"original\", \"center\", or one or two of \"0%\" to \"100%\".");
    }
}
