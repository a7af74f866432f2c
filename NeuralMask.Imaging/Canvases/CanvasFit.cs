namespace NeuralMask.Imaging;

/// <summary>How a picture is brought onto a network's canvas.</summary>
public enum CanvasFit
{
    /// <summary>Both sides to the canvas, each by its own factor.</summary>
    Stretch,

    /// <summary>One factor for both sides, the picture in the top left corner, the rest black.</summary>
    Letterbox,

    /// <summary>The shorter side to a reference length, both sides rounded to a multiple; the canvas follows the picture.</summary>
    ShortSide,
}
