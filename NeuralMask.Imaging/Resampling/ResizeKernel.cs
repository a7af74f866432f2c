namespace NeuralMask.Imaging;

/// <summary>
/// How neighbouring pixels are weighed by a resize. Every kernel widens with the factor when it shrinks, so that no
/// pixel is skipped.
/// </summary>
public enum ResizeKernel
{
    /// <summary>Triangle of support 1. Never leaves the range of its input.</summary>
    Bilinear,

    /// <summary>The mean over the area that a target pixel covers, partly covered pixels counting in part.</summary>
    Area,

    /// <summary>Lanczos with three lobes: the sharpest, and the only one that may overshoot; results are clamped.</summary>
    Lanczos,
}
