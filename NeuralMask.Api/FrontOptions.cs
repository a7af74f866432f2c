using System.ComponentModel.DataAnnotations;
using NeuralMask.Imaging;

namespace NeuralMask.Api;

/// <summary>What the front accepts. Bound to the section <c>NeuralMask</c>.</summary>
public sealed record FrontOptions : IValidatableObject
{
    /// <summary>Who may call without a key: <c>loopback</c> (this machine alone), <c>any</c>, or <c>off</c>.</summary>
    public string Anonymous { get; init; } = "loopback";

    /// <summary>Largest picture file in megabytes of 1,048,576 bytes; 1 to 1024.</summary>
    public int MaxPictureMegabytes { get; init; } = 50;

    /// <summary>Largest picture in megapixels of 1,000,000 pixels, by its header; 1 to 250.</summary>
    public int MaxMegapixels { get; init; } = 50;

    /// <summary>Seconds from the end of an upload until the caller is told that it took too long; 1 to 600.</summary>
    public double DeadlineSeconds { get; init; } = 60;

    /// <summary>The same on remove.bg's paths, whose clients give up after 20 s; 1 to 600.</summary>
    public double RemoveBgDeadlineSeconds { get; init; } = 18;

    /// <summary>Megapixels that callers without a key may send in a minute, each picture counting as one at least; 1 to 1,000,000.</summary>
    public int AnonymousMegapixelsPerMinute { get; init; } = 500;

    /// <summary>Megabytes that bodies and decoded pictures may take at once; 0 takes half of the process's memory limit.</summary>
    public int MemoryBudgetMegabytes { get; init; }

    /// <summary>Seconds of decoding and encoding that may wait for each processor; above 0 and up to 3600.</summary>
    public double MaxFrontQueueSeconds { get; init; } = 30;

    /// <summary>The limits as the decoder takes them.</summary>
    public PictureLimits PictureLimits => new() { MaxBytes = MaxPictureMegabytes * 1024L * 1024, MaxPixels = MaxMegapixels * 1_000_000L };

    /// <summary>Bytes that bodies and decoded pictures may take at once.</summary>
    public long MemoryBudget =>
        MemoryBudgetMegabytes > 0 ? MemoryBudgetMegabytes * 1024L * 1024 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Anonymous is not ("loopback" or "any" or "off"))
        {
            yield return new ValidationResult($"NeuralMask:Anonymous is \"{Anonymous}\": write loopback, any or off.");
        }

        foreach (var (name, value, low, high) in new (string, double, double, double)[]
        {
            (nameof(MaxPictureMegabytes), MaxPictureMegabytes, 1, 1024),
            (nameof(MaxMegapixels), MaxMegapixels, 1, 250),
            (nameof(DeadlineSeconds), DeadlineSeconds, 1, 600),
            (nameof(RemoveBgDeadlineSeconds), RemoveBgDeadlineSeconds, 1, 600),
            (nameof(AnonymousMegapixelsPerMinute), AnonymousMegapixelsPerMinute, 1, 1_000_000),
            (nameof(MaxFrontQueueSeconds), MaxFrontQueueSeconds, 0.001, 3600),
            (nameof(MemoryBudgetMegabytes), MemoryBudgetMegabytes, 0, 1_000_000),
        })
        {
            if (!(value >= low && value <= high))
            {
                yield return new ValidationResult($"NeuralMask:{name} is {value}: write a number from {low} to {high}.");
            }
        }
    }
}
