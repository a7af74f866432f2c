namespace NeuralMask.Drawn;

/// <summary>What lies behind a drawn subject.</summary>
public enum BackdropKind
{
    /// <summary>One colour, far from the subject's, with a slow gradient.</summary>
    Plain,

    /// <summary>Foliage and brickwork: strong texture at every scale, and hard edges that are not the subject's.</summary>
    Busy,

    /// <summary>The subject's own colour, with a little texture: colour says next to nothing about where the edge is.</summary>
    Same,
}
