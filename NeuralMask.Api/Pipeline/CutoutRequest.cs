using NeuralMask.Api.Access;
using NeuralMask.Imaging;

namespace NeuralMask.Api.Pipeline;

/// <summary>What every flavour of the API is read into.</summary>
public sealed record CutoutRequest
{
    /// <summary>The file as it was sent.</summary>
    public required ReadOnlyMemory<byte> Picture { get; init; }

    /// <summary>Whose share of the queues it takes.</summary>
    public required Caller Caller { get; init; }

    /// <summary>How long the caller waits, from now.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>Id that the log and the answer carry.</summary>
    public required string RequestId { get; init; }

    /// <summary>File format of the answer.</summary>
    public CutoutFormat Format { get; init; } = CutoutFormat.Png;

    /// <summary>Most pixels of the answer in a format; a larger picture is shrunk. Never asked for <see cref="CutoutFormat.Auto"/>.</summary>
    public Func<CutoutFormat, long> MaxPixels { get; init; } = _ => long.MaxValue;

    /// <summary>Colour to lay behind the subject; null leaves the answer transparent where its format can be.</summary>
    public BackgroundColour? Background { get; init; }

    /// <summary>True for the matte itself as a grey picture.</summary>
    public bool AlphaOnly { get; init; }
}

/// <summary>File format of an answer.</summary>
public enum CutoutFormat
{
    /// <summary>PNG where anything is transparent, else JPEG.</summary>
    Auto,

    /// <summary>PNG with straight alpha.</summary>
    Png,

    /// <summary>JPEG over a colour, white where none is given.</summary>
    Jpeg,

    /// <summary>ZIP of <c>color.jpg</c> and <c>alpha.png</c>.</summary>
    Zip,
}
