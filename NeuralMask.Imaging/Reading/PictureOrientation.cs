namespace NeuralMask.Imaging;

/// <summary>
/// How the stored rows lie on the displayed picture; the values are those of the EXIF tag 0x0112. A name says where
/// the first stored row and the first stored column are displayed.
/// </summary>
public enum PictureOrientation
{
    /// <summary>Stored as displayed.</summary>
    TopLeft = 1,

    /// <summary>Mirrored left to right.</summary>
    TopRight = 2,

    /// <summary>Turned by 180°.</summary>
    BottomRight = 3,

    /// <summary>Mirrored top to bottom.</summary>
    BottomLeft = 4,

    /// <summary>Rows are columns.</summary>
    LeftTop = 5,

    /// <summary>To be turned by 90° clockwise for display.</summary>
    RightTop = 6,

    /// <summary>Rows are columns, from the bottom right.</summary>
    RightBottom = 7,

    /// <summary>To be turned by 90° counter-clockwise for display.</summary>
    LeftBottom = 8,
}
