namespace NeuralMask.Imaging;

/// <summary>What a caller wants of the result's layout. The default changes nothing.</summary>
public sealed record LayoutWishes
{
    /// <summary>Crops to the subject and this margin around it; null does not crop.</summary>
    public CropMargin? Crop { get; init; }

    /// <summary>How large the subject is on the canvas.</summary>
    public SubjectScale Scale { get; init; }

    /// <summary>
    /// Where the subject is on the canvas. Who scales and says nothing of the position means
    /// <see cref="SubjectPosition.Center"/>: that is the caller's to say, since "original" can be meant too.
    /// </summary>
    public SubjectPosition Position { get; init; }

    /// <summary>Most pixels of the canvas, at least the cut-out's: margins become smaller where they would need more.</summary>
    public long MaxPixels { get; init; } = 50_000_000;
}
