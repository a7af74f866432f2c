using System.Text.Json.Nodes;

namespace NeuralMask.Hosting.Models;

/// <summary>
/// What was seen of a file on this machine, kept beside it as <c>&lt;file&gt;.record.json</c>. For a file whose hash
/// the manifest does not know, the record is the expectation from then on.
/// </summary>
public sealed record ModelRecord
{
    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What the self-test recorded for these very bytes; its members belong to the self-test. May be null.</summary>
    public JsonObject? SelfTest { get; init; }
}
