namespace NeuralMask.Imaging;

/// <summary>The part of a picture that is resized, in pixels; it may begin and end inside one.</summary>
internal readonly record struct SourcePart(double Left, double Top, double Width, double Height)
{
    public static SourcePart Whole(Picture picture) => new(0, 0, picture.Width, picture.Height);
}
