namespace NeuralMask.Grains.Interfaces.Matting;

/// <summary>What became of a <see cref="MattingRequest"/>.</summary>
[GenerateSerializer, Immutable, Alias("neuralmask.matting.answer")]
public sealed record MattingAnswer
{
    /// <summary>Whether there is a mask, and if not, why.</summary>
    [Id(0)]
    public required MattingOutcome Outcome { get; init; }

    /// <summary>8-bit alpha, rows from the top, one byte a pixel; empty unless <see cref="Outcome"/> is <see cref="MattingOutcome.Done"/>.</summary>
    [Id(1)]
    public byte[] Alpha { get; init; } = [];

    /// <summary>Width of the mask in pixels, which may differ from the canvas.</summary>
    [Id(2)]
    public int Width { get; init; }

    /// <summary>Height of the mask in pixels, which may differ from the canvas.</summary>
    [Id(3)]
    public int Height { get; init; }

    /// <summary>Time spent waiting for a session.</summary>
    [Id(4)]
    public TimeSpan Waited { get; init; }

    /// <summary>Time that the session ran.</summary>
    [Id(5)]
    public TimeSpan Ran { get; init; }

    /// <summary>With <see cref="MattingOutcome.Full"/> and <see cref="MattingOutcome.NotReady"/>: when it is worth asking again.</summary>
    [Id(6)]
    public TimeSpan RetryAfter { get; init; }

    /// <summary>One sentence on the cause where there is no mask; else empty.</summary>
    [Id(7)]
    public string Reason { get; init; } = "";

    /// <summary>The silo's load as it answered; null from a session.</summary>
    [Id(8)]
    public SiloReport? Report { get; init; }
}

/// <summary>What became of a request.</summary>
[GenerateSerializer, Alias("neuralmask.matting.outcome")]
public enum MattingOutcome
{
    /// <summary>The mask is there.</summary>
    Done = 0,

    /// <summary>The queue holds as much work as it may; nothing was done.</summary>
    Full = 1,

    /// <summary>The deadline passed before a session was free; nothing was done.</summary>
    Expired = 2,

    /// <summary>No session is warm, or the silo is draining; nothing was done.</summary>
    NotReady = 3,

    /// <summary>The session ran and failed.</summary>
    Failed = 4,
}
