namespace NeuralMask.Imaging;

/// <summary>A file format that is read and written.</summary>
public enum PictureFormat
{
    /// <summary>JPEG: never has alpha.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP, lossy or lossless.</summary>
    WebP,
}
