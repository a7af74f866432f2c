using System.ComponentModel.DataAnnotations;

using NeuralMask.Grains.Inference.Providers;

namespace NeuralMask.Grains.Inference;

/// <summary>How sessions run. Bound to the section <c>NeuralMask</c>.</summary>
public sealed record InferenceOptions : IValidatableObject
{
    /// <summary>Sessions on the device, each of which works on one picture at a time; 1 to 64. Also read from <c>MAX_WORKERS</c>.</summary>
    public int MaxWorkers { get; init; } = 1;

    /// <summary>Threads that one session computes with; 0 shares the processors of the container evenly among the sessions.</summary>
    public int ThreadsPerSession { get; init; }

    /// <summary>Most seconds of predicted work that may wait for each session; more is refused at once.</summary>
    public double MaxQueueSeconds { get; init; } = 60;

    /// <summary>Most megabytes of prepared pictures that may wait; more is refused at once.</summary>
    public int MaxQueueMegabytes { get; init; } = 512;

    /// <summary>Execution provider: <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>, or <c>simulated</c> for tests and benchmarks of everything around a network.</summary>
    public string Provider { get; init; } = CpuSessionOpener.Name;

    /// <summary>With <c>cuda</c> and <c>tensorrt</c>: number of the device, from 0.</summary>
    public int GpuDevice { get; init; }

    /// <summary>With <c>cuda</c>: most megabytes of device memory that one session's arena takes; 0 leaves it to the device.</summary>
    public int GpuMemoryMegabytes { get; init; }

    /// <summary>With <c>tensorrt</c>: folder in which built engines are kept, so that only the first start takes minutes; null keeps none.</summary>
    public string? TensorRtCacheFolder { get; init; }

    /// <summary>Seconds that a simulated session takes for a picture; above 0 and up to 600.</summary>
    public double SimulatedSeconds { get; init; } = 0.05;

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

        if (Provider is not (CpuSessionOpener.Name or GpuSessionOpener.Cuda or GpuSessionOpener.TensorRt or SimulatedSessionOpener.Name))
        {
            yield return new ValidationResult($"NeuralMask:Provider is \"{Provider}\": write {CpuSessionOpener.Name}, {GpuSessionOpener.Cuda}, {GpuSessionOpener.TensorRt} or {SimulatedSessionOpener.Name}.");
        }

        if (GpuDevice is < 0 or > 63 || GpuMemoryMegabytes < 0)
        {
            yield return new ValidationResult("NeuralMask:GpuDevice takes 0 to 63, and NeuralMask:GpuMemoryMegabytes 0 or more.");
        }

        if (!(SimulatedSeconds is > 0 and <= 600))
        {
            yield return new ValidationResult($"NeuralMask:SimulatedSeconds is {SimulatedSeconds}: write seconds above 0 and up to 600.");
        }

        if (MaxQueueMegabytes is < 1 or > 1_000_000)
        {
            yield return new ValidationResult($"NeuralMask:MaxQueueMegabytes is {MaxQueueMegabytes}: write megabytes from 1 to 1000000.");
        }

        if (!(MaxQueueSeconds is > 0 and <= 3600))
        {
            yield return new ValidationResult($"NeuralMask:MaxQueueSeconds is {MaxQueueSeconds}: write seconds above 0 and up to 3600.");
        }
    }
}
