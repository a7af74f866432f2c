namespace NeuralMask.Imaging;

/// <summary>Bytes were not accepted as a picture. The message is one sentence meant for whoever sent them.</summary>
public sealed class PictureException : Exception
{
    /// <summary>Refuses a picture.</summary>
    /// <param name="fault">The reason, for programs.</param>
    /// <param name="message">The reason, the limit and the remedy, for people.</param>
    public PictureException(PictureFault fault, string message)
        : base(message)
    {
        Fault = fault;
    }

    /// <summary>The reason.</summary>
    public PictureFault Fault { get; }
}
