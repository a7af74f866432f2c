namespace NeuralMask.Hosting.Startup;

/// <summary>Why the process gave up after it had begun to listen; its exit code depends on it.</summary>
public sealed class StartFailure
{
    /// <summary>The cause and the remedy in one sentence; null while nothing failed.</summary>
    public string? Sentence { get; set; }
}
