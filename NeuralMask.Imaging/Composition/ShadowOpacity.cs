namespace NeuralMask.Imaging;

/// <summary>How dark a shadow is.</summary>
/// <param name="Share">0 (none) to 1 (black where nothing of it is blurred).</param>
public readonly record struct ShadowOpacity(double Share)
{
    /// <summary>Reads 0 to 100, with or without <c>%</c>.</summary>
    /// <param name="text">The opacity.</param>
    /// <exception cref="CompositionException"><see cref="CompositionFault.InvalidShadowOpacity"/>.</exception>
    public static ShadowOpacity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        return !text.EndsWith("px", StringComparison.OrdinalIgnoreCase) && Extent.TryParse(text, out var extent) && extent.Value <= 100
            ? new ShadowOpacity(extent.Value / 100)
            : throw new CompositionException(CompositionFault.InvalidShadowOpacity, "A shadow's opacity is a number from 0 to 100.");
    }
}
