namespace NeuralMask.Imaging;

/// <summary>A wish about the result's layout cannot be met. The message is one sentence meant for whoever made it.</summary>
public sealed class CompositionException : Exception
{
    /// <summary>Refuses a wish.</summary>
    /// <param name="fault">Which, for programs.</param>
    /// <param name="message">Why, and what would be right, for people.</param>
    public CompositionException(CompositionFault fault, string message)
        : base(message)
    {
        Fault = fault;
    }

    /// <summary>Which wish.</summary>
    public CompositionFault Fault { get; }
}
