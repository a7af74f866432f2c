namespace NeuralMask.Grains.Interfaces.Matting;

/// <summary>One picture for a network, already on its canvas.</summary>
[GenerateSerializer, Immutable, Alias("neuralmask.matting.request")]
public sealed record MattingRequest
{
    /// <summary>Id of the operation; a retry carries the same one.</summary>
    [Id(0)]
    public required string Operation { get; init; }

    /// <summary>8-bit sRGB, rows from the top, three bytes a pixel; never written to after it was handed over.</summary>
    [Id(1)]
    public required ReadOnlyMemory<byte> Rgb { get; init; }

    /// <summary>Width of the canvas in pixels.</summary>
    [Id(2)]
    public required int Width { get; init; }

    /// <summary>Height of the canvas in pixels.</summary>
    [Id(3)]
    public required int Height { get; init; }

    /// <summary>When the caller stops waiting; work that has not begun by then is not begun.</summary>
    [Id(4)]
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Id of the model, as its manifest spells it.</summary>
    [Id(5)]
    public required string Model { get; init; }

    /// <summary>Whose share of the queue it takes: an id, never a key.</summary>
    [Id(6)]
    public string Tenant { get; init; } = "";

    /// <summary>Weight of that share; 1 is the usual one, 0 counts as 1.</summary>
    [Id(7)]
    public double Weight { get; init; }

    /// <summary>Seconds that a session is predicted to take; 0 leaves the prediction to the silo.</summary>
    [Id(8)]
    public double PredictedSeconds { get; init; }

    /// <summary>Address of the front silo that sends it, so that its reports can say how many of its pictures have arrived.</summary>
    [Id(9)]
    public string Front { get; init; } = "";
}
