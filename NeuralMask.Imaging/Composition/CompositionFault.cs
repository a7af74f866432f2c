namespace NeuralMask.Imaging;

/// <summary>Which wish about the result's layout cannot be met.</summary>
public enum CompositionFault
{
    /// <summary>The margin around a cropped subject cannot be read.</summary>
    InvalidCropMargin,

    /// <summary>The subject's scale cannot be read, or is out of range.</summary>
    InvalidScale,

    /// <summary>The subject's position cannot be read, or is out of range.</summary>
    InvalidPosition,

    /// <summary>The region of interest cannot be read.</summary>
    InvalidRegion,

    /// <summary>The region of interest reaches beyond the picture.</summary>
    RegionExceedsBounds,

    /// <summary>The region of interest holds no pixel.</summary>
    RegionEmpty,

    /// <summary>The shadow's opacity cannot be read, or is out of range.</summary>
    InvalidShadowOpacity,
}
