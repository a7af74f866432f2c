using System.ComponentModel.DataAnnotations;

namespace NeuralMask.Grains.Inference;

/// <summary>How sessions run. Bound to the section <c>NeuralMask</c>.</summary>
public sealed record InferenceOptions : IValidatableObject
{
    /// <summary>Sessions on the device, each of which works on one picture at a time; 1 to 64. Also read from <c>MAX_WORKERS</c>.</summary>
    public int MaxWorkers { get; init; } = 1;

    /// <summary>Threads that one session computes with; 0 shares the processors of the container evenly among the sessions.</summary>
    public int ThreadsPerSession { get; init; }

    /// <summary>Most seconds of predicted work that may wait for a session; more is refused at once.</summary>
    public double MaxQueueSeconds { get; init; } = 60;

    /// <summary>Threads that one session computes with on this machine; at least 1.</summary>
    /// <remarks>Validation reads every property, also of wrong settings.</remarks>
    public int EffectiveThreads =>
        ThreadsPerSession > 0 ? ThreadsPerSession : Math.Max(1, Environment.ProcessorCount / Math.Max(1, MaxWorkers));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxWorkers is < 1 or > 64)
        {
            yield return new ValidationResult($"NeuralMask:MaxWorkers (MAX_WORKERS) is {MaxWorkers}: write a number of sessions from 1 to 64.");
        }

        if (ThreadsPerSession is < 0 or > 256)
        {
            yield return new ValidationResult($"NeuralMask:ThreadsPerSession is {ThreadsPerSession}: write a number of threads from 1 to 256, or 0 to share the processors evenly.");
        }

        if (!(MaxQueueSeconds is > 0 and <= 3600))
        {
            yield return new ValidationResult($"NeuralMask:MaxQueueSeconds is {MaxQueueSeconds}: write seconds above 0 and up to 3600.");
        }
    }
}
