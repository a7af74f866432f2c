using System.Text.Json;
using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>
/// A file that is not whole yet, with a note beside it of where its bytes came from. Only what has a note is ever
/// resumed, so that bytes of two sources or two releases are never mixed.
/// </summary>
/// <param name="path">Where the bytes go, ending in <c>.part</c>.</param>
internal sealed class PartFile(string path)
{
    private readonly string _notePath = path + ".json";

    /// <summary>Where the bytes go.</summary>
    public string Path { get; } = path;

    /// <summary>Bytes so far; 0 where there is no file.</summary>
    public long Length => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Where the bytes came from; null where that is not known.</summary>
    public PartNote? ReadNote()
    {
        try
        {
            return JsonSerializer.Deserialize<PartNote>(File.ReadAllText(_notePath));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            // Without a readable note the fetch starts over, which is always right.
            return null;
        }
    }

    /// <summary>Notes where the bytes come from.</summary>
    /// <exception cref="ModelException">The folder cannot be written.</exception>
    public void WriteNote(PartNote note) => Writing(() => File.WriteAllText(_notePath, JsonSerializer.Serialize(note)));

    /// <summary>Opens the file for writing, behind the first <paramref name="kept"/> bytes; what lies beyond is cut off.</summary>
    /// <exception cref="ModelException">The folder cannot be written.</exception>
    public FileStream Open(long kept) => Writing(() =>
    {
        var stream = new FileStream(Path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        });
        stream.SetLength(kept);
        stream.Position = kept;
        return stream;
    });

    /// <summary>Writes bytes at the stream's position.</summary>
    /// <exception cref="ModelException">The disk is full or fails.</exception>
    public async Task WriteAsync(FileStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException error)
        {
            throw StoreWriting.Explain(Path, error);
        }
    }

    /// <summary>Waits until the disk has every byte: only then may the final name point at them.</summary>
    /// <exception cref="ModelException">The disk is full or fails.</exception>
    public void Settle(FileStream stream) => Writing(() => stream.Flush(flushToDisk: true));

    /// <summary>Gives the file its final name in one step, replacing what was there.</summary>
    /// <exception cref="ModelException">The folder cannot be written.</exception>
    public void Publish(string finalPath) => Writing(() =>
    {
        File.Move(Path, finalPath, overwrite: true);
        File.Delete(_notePath);
    });

    /// <summary>Removes the file and its note, if any.</summary>
    /// <exception cref="ModelException">The folder cannot be written.</exception>
    public void Delete() => Writing(() =>
    {
        File.Delete(_notePath);
        File.Delete(Path);
    });

    private void Writing(Action write) => Writing(() =>
    {
        write();
        return true;
    });

    private T Writing<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StoreWriting.Explain(Path, error);
        }
    }
}

/// <summary>Where the bytes of a part came from.</summary>
/// <param name="Address">The address that was asked, before redirects.</param>
/// <param name="ETag">The strong entity tag of what was given; null where there was none.</param>
/// <param name="LastModified">The date of what was given; null where there was none.</param>
internal sealed record PartNote(string Address, string? ETag, DateTimeOffset? LastModified);
