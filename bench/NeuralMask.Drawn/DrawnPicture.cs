using NeuralMask.Imaging;

namespace NeuralMask.Drawn;

/// <summary>A composite whose alpha, foreground and background are known exactly. Dispose of it: it holds pictures.</summary>
/// <param name="Name">Subject and backdrop.</param>
/// <param name="Composite">What a camera would have seen: alpha × foreground + (1 − alpha) × background in sRGB values, plus noise; opaque.</param>
/// <param name="Alpha">The true alpha at the composite's size.</param>
/// <param name="Foreground">The subject's own colour; means nothing where alpha is 0.</param>
/// <param name="Background">The backdrop alone.</param>
public sealed record DrawnPicture(string Name, Picture Composite, Mask Alpha, Picture Foreground, Picture Background) : IDisposable
{
    /// <summary>Gives the pictures' memory back.</summary>
    public void Dispose()
    {
        Composite.Dispose();
        Foreground.Dispose();
        Background.Dispose();
    }
}
