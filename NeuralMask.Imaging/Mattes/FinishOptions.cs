namespace NeuralMask.Imaging;

/// <summary>What is done between a network's mask and a cut-out. The defaults are what a cut-out should have.</summary>
public sealed record FinishOptions
{
    /// <summary>Whether alpha follows the picture's edges where the picture is larger than the mask; else it is spread bilinearly.</summary>
    public bool Edges { get; init; } = true;

    /// <summary>Whether nearly certain alpha becomes certain.</summary>
    public bool Snap { get; init; } = true;

    /// <summary>Whether colour in the soft band is the subject's own; else it is the picture's, with the background mixed in.</summary>
    public bool Foreground { get; init; } = true;

    /// <summary>What becomes of the colour of pixels that end up wholly transparent.</summary>
    public HiddenColour HiddenColour { get; init; } = HiddenColour.Cleared;
}
