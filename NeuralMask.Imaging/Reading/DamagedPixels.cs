namespace NeuralMask.Imaging;

/// <summary>What is done about a picture whose pixels are cut off or corrupt behind a header that can be read.</summary>
public enum DamagedPixels
{
    /// <summary>It is refused: half a picture would give half a cut-out, and nobody would know.</summary>
    Refused,

    /// <summary>
    /// What there is is taken. The rest is transparent, or mid-grey (128) in a picture that is opaque by format. Refused
    /// all the same where there is not one pixel.
    /// </summary>
    Filled,
}
