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
}
