namespace NeuralMask.Imaging;

/// <summary>How a JPEG of cyan, magenta, yellow and black says how much ink there is.</summary>
internal enum InkStorage
{
    /// <summary>The picture is not made of inks.</summary>
    None,

    /// <summary>Inks with a profile of their own: the codec converts by it.</summary>
    Profiled,

    /// <summary>255 is no ink: Adobe's programs store it so and say that it was them.</summary>
    Inverted,

    /// <summary>0 is no ink, as the standard has it: all without Adobe's marker.</summary>
    Direct,
}
