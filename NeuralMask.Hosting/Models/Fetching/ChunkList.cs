using System.Text.Json;
using System.Text.RegularExpressions;

namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>How a package lists a file that it carries in pieces: each piece is named for its SHA-256.</summary>
/// <param name="Bytes">Size of the whole file.</param>
/// <param name="Chunks">The pieces in the order of their offsets, without gaps.</param>
internal sealed partial record ChunkList(long Bytes, IReadOnlyList<Chunk> Chunks)
{
    /// <summary>Reads one entry of a list such as <c>{"/models/medium":{"chunks":[{"hash":"…","offsets":[0,4194304]}],"size":…}}</c>.</summary>
    /// <param name="json">The list.</param>
    /// <param name="entry">The entry's key.</param>
    /// <exception cref="SourceFailedException">The list is of another shape, lacks the entry, or leaves a gap.</exception>
    public static ChunkList Read(Stream json, string entry)
    {
        List<Chunk> chunks;
        long bytes;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (!document.RootElement.TryGetProperty(entry, out var listed))
            {
                throw new SourceFailedException($"does not list '{entry}' among its chunks");
            }

            bytes = listed.GetProperty("size").GetInt64();
            chunks =
            [
                .. listed.GetProperty("chunks").EnumerateArray()
                    .Select(chunk => new Chunk(
                        chunk.GetProperty("hash").GetString() ?? "",
                        chunk.GetProperty("offsets")[0].GetInt64(),
                        chunk.GetProperty("offsets")[1].GetInt64()))
                    .OrderBy(chunk => chunk.From),
            ];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw new SourceFailedException($"has a chunk list that cannot be read ({error.Message})", innerException: error);
        }

        long end = 0;
        foreach (var chunk in chunks)
        {
            if (chunk.From != end || chunk.To <= chunk.From || !HashPattern().IsMatch(chunk.Hash))
            {
                throw new SourceFailedException($"has a chunk list that is wrong at byte {end} of '{entry}'");
            }

            end = chunk.To;
        }

        return end == bytes
            ? new ChunkList(bytes, chunks)
            : throw new SourceFailedException($"has a chunk list of {end} bytes for '{entry}', whose size is {bytes}");
    }

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex HashPattern();
}

/// <summary>A piece of a file.</summary>
/// <param name="Hash">Its SHA-256 in lower-case hexadecimal, which is its name too.</param>
/// <param name="From">Offset of its first byte.</param>
/// <param name="To">Offset behind its last byte.</param>
internal sealed record Chunk(string Hash, long From, long To);
