namespace NeuralMask.Hosting.Health;

/// <summary>Something that a process needs before it should be sent requests.</summary>
public interface IReadinessCondition
{
    /// <summary>What is missing, in one sentence; null when nothing is.</summary>
    string? Obstacle { get; }
}
