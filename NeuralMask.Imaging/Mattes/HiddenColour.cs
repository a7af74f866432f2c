namespace NeuralMask.Imaging;

/// <summary>What becomes of the colour of pixels that end up wholly transparent.</summary>
public enum HiddenColour
{
    /// <summary>It is zeroed: nobody can read the removed background out of the file, and the file is smaller.</summary>
    Cleared,

    /// <summary>It stays, for results that carry colour and alpha apart.</summary>
    Kept,
}
