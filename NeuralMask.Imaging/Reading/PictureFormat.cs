namespace NeuralMask.Imaging;

/// <summary>A file format that is read. JPEG, PNG and WebP are written too.</summary>
public enum PictureFormat
{
    /// <summary>JPEG: never has alpha.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP, lossy or lossless.</summary>
    WebP,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>Windows bitmap.</summary>
    Bmp,
}
