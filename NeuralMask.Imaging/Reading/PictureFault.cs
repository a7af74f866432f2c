namespace NeuralMask.Imaging;

/// <summary>Why bytes were not accepted as a picture. Each is the sender's to mend.</summary>
public enum PictureFault
{
    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>Something else than a picture: text, a web page, a document, a film, noise.</summary>
    NotAPicture,

    /// <summary>A picture, but of a format that is not read.</summary>
    UnsupportedType,

    /// <summary>More bytes than <see cref="PictureLimits.MaxBytes"/>.</summary>
    TooManyBytes,

    /// <summary>More pixels than <see cref="PictureLimits.MaxPixels"/>, or a side longer than <see cref="PictureLimits.MaxSide"/>.</summary>
    TooManyPixels,

    /// <summary>A picture of an accepted format that is truncated or corrupt.</summary>
    Damaged,

    /// <summary>More frames than <see cref="PictureLimits.MaxFrames"/>.</summary>
    TooManyFrames,

    /// <summary>More profiles, EXIF, comments and the like than <see cref="PictureLimits.MaxMetadataBytes"/>.</summary>
    TooMuchMetadata,

    /// <summary>
    /// So few bytes for so many pixels, or so many passes over them, that only an attack looks like this:
    /// <see cref="PictureLimits.MaxPixelsPerByte"/>, <see cref="PictureLimits.MaxScans"/>.
    /// </summary>
    OutOfProportion,
}
