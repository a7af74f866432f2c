namespace NeuralMask.Imaging;

/// <summary>A rectangle of whole pixels.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct PixelBox(int Left, int Top, int Width, int Height)
{
    /// <summary>The column after the last.</summary>
    public int Right => Left + Width;

    /// <summary>The row after the last.</summary>
    public int Bottom => Top + Height;

    /// <summary>A whole picture or canvas.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static PixelBox Whole(int width, int height) => new(0, 0, width, height);

    /// <summary>The rectangle of a subject.</summary>
    /// <param name="subject">Where the subject is.</param>
    public static PixelBox Of(ForegroundBox subject) => new(subject.Left, subject.Top, subject.Width, subject.Height);

    /// <summary>True where all of the other rectangle lies in this one.</summary>
    /// <param name="other">The other rectangle.</param>
    public bool Contains(PixelBox other) =>
        other.Left >= Left && other.Top >= Top && other.Right <= Right && other.Bottom <= Bottom;

    /// <summary>The part that both share; without width or height where there is none.</summary>
    /// <param name="other">The other rectangle.</param>
    public PixelBox Intersect(PixelBox other)
    {
        var (left, top) = (Math.Max(Left, other.Left), Math.Max(Top, other.Top));
        return new PixelBox(left, top, Math.Max(0, Math.Min(Right, other.Right) - left), Math.Max(0, Math.Min(Bottom, other.Bottom) - top));
    }
}
