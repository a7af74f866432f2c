namespace NeuralMask.Grains.Inference.Manifests;

/// <summary>
/// A model cannot be used, and an operator can change that: the message says in plain words which file or field is
/// meant and what to do, so that it can be printed as it is.
/// </summary>
public sealed class ModelException : Exception
{
    /// <summary>An error without words of its own; give a message instead.</summary>
    public ModelException()
    {
    }

    /// <summary>An error with its remedy.</summary>
    /// <param name="message">Names the file and the remedy.</param>
    public ModelException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its remedy and its cause.</summary>
    /// <param name="message">Names the file and the remedy.</param>
    /// <param name="innerException">What the system said.</param>
    public ModelException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
