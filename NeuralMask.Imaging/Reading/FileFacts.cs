namespace NeuralMask.Imaging;

/// <summary>
/// What the structure of a file says that the codec does not pass on, found by walking over segments, chunks or blocks
/// without decoding anything. A damaged file gives what stands before the damage: judging it is the codec's.
/// </summary>
internal readonly record struct FileFacts()
{
    /// <summary>Frames of an animation, counted no further than one beyond the limit; 1 for a still picture.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>How the rows lie; null where the codec is to be asked.</summary>
    public PictureOrientation? Orientation { get; init; }

    /// <summary>Bytes of everything beside the pixels and their tables: profiles, EXIF, XMP, comments, text. Compressed text counts for more.</summary>
    public long MetadataBytes { get; init; }

    /// <summary>Passes that a JPEG makes over its pixels; 1 for everything else.</summary>
    public int Scans { get; init; } = 1;

    /// <summary>
    /// True for a JPEG of several scans that is cut off: it has all its rows, coarse or without a colour, and the codec
    /// does not mind.
    /// </summary>
    public bool LacksScans { get; init; }

    /// <summary>True for a PNG with 16 bits a channel.</summary>
    public bool HasSixteenBits { get; init; }

    /// <summary>How inks are stored where the picture is made of inks.</summary>
    public InkStorage Inks { get; init; }

    /// <summary>Bytes that the codec holds for each pixel beside the picture itself.</summary>
    public double CodecBytesPerPixel { get; init; }

    /// <summary>Why the codec cannot read the file although its format is one that is read; null where nothing is known against it.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Walks over a file.</summary>
    public static FileFacts Read(PictureFormat format, ReadOnlySpan<byte> bytes, PictureLimits limits) => format switch
    {
        PictureFormat.Jpeg => JpegFacts.Read(bytes, limits.MaxScans),
        PictureFormat.Png => PngFacts.Read(bytes),
        PictureFormat.WebP => WebPFacts.Read(bytes, limits.MaxFrames),
        PictureFormat.Gif => GifFacts.Read(bytes, limits.MaxFrames),
        _ => BmpFacts.Read(bytes),
    };
}
