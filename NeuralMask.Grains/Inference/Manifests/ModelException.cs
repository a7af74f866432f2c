namespace NeuralMask.Grains.Inference.Manifests;

/// <summary>A model cannot be used. The message is one sentence that names the file and the remedy.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Says what is wrong and what to do about it.</summary>
    public ModelException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong and what to do about it, and keeps the cause for the log.</summary>
    public ModelException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
