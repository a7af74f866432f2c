namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>One source did not give the file; the next one may.</summary>
/// <param name="message">What the source did, as the end of a sentence that begins with its name.</param>
/// <param name="mayPass">True where the same request may succeed a moment later.</param>
/// <param name="innerException">What the system said; may be null.</param>
internal sealed class SourceFailedException(string message, bool mayPass = false, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>True where the same request may succeed a moment later.</summary>
    public bool MayPass { get; } = mayPass;
}
