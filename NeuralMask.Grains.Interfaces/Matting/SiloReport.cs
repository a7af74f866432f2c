namespace NeuralMask.Grains.Interfaces.Matting;

/// <summary>The load of a GPU silo at one moment, as it tells one front.</summary>
[GenerateSerializer, Immutable, Alias("neuralmask.silo.report")]
public sealed record SiloReport
{
    /// <summary>Address of the silo as a parsable string.</summary>
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>Grows with every report of this silo; an older one that arrives late is dropped.</summary>
    [Id(1)]
    public required long Sequence { get; init; }

    /// <summary>Sessions, each of which works on one picture at a time.</summary>
    [Id(2)]
    public required int Sessions { get; init; }

    /// <summary>Predicted session seconds that wait.</summary>
    [Id(3)]
    public double QueuedSeconds { get; init; }

    /// <summary>Predicted session seconds that are left of what runs.</summary>
    [Id(4)]
    public double RunningSeconds { get; init; }

    /// <summary>Session seconds that may wait at most.</summary>
    [Id(5)]
    public double BoundSeconds { get; init; }

    /// <summary>Pictures that wait.</summary>
    [Id(6)]
    public int QueueLength { get; init; }

    /// <summary>True once the silo takes nothing new since it is about to leave.</summary>
    [Id(7)]
    public bool Draining { get; init; }

    /// <summary>What is warm here; empty until the sessions are.</summary>
    [Id(8)]
    public IReadOnlyList<WarmModel> Models { get; init; } = [];

    /// <summary>Bytes of device memory, or of main memory on a CPU, that are free.</summary>
    [Id(9)]
    public long FreeMemoryBytes { get; init; }

    /// <summary>Pictures of the front that is told which have arrived here since the silo started.</summary>
    [Id(10)]
    public long Arrived { get; init; }
}

/// <summary>A model that is warm on a silo.</summary>
[GenerateSerializer, Immutable, Alias("neuralmask.silo.model")]
public sealed record WarmModel
{
    /// <summary>Id of the model.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The release of its weights.</summary>
    [Id(1)]
    public required string Version { get; init; }

    /// <summary>Number format of its weights, as manifests write it.</summary>
    [Id(2)]
    public required string Precision { get; init; }

    /// <summary>Execution provider that runs it; <c>simulated</c> where none does.</summary>
    [Id(3)]
    public required string Provider { get; init; }

    /// <summary>Median seconds of a run, measured while it was warmed up.</summary>
    [Id(4)]
    public required double SecondsPerRun { get; init; }
}
