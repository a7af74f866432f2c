using System.Security.Cryptography;
using System.Text.Json;
using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Models;

/// <summary>Where weights lie, <c>&lt;root&gt;/&lt;id&gt;/&lt;file&gt;</c>, and whether they are what they should be.</summary>
public sealed class ModelStore
{
    private static readonly JsonSerializerOptions RecordOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    private readonly string? _onlyFolder;

    /// <summary>A store under a folder, which need not exist yet.</summary>
    /// <param name="root">The folder.</param>
    public ModelStore(string root)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        Root = Path.GetFullPath(root);
    }

    private ModelStore(string root, string folder)
    {
        Root = root;
        _onlyFolder = folder;
    }

    /// <summary>Absolute path of the folder that holds one folder a model.</summary>
    public string Root { get; }

    /// <summary>A store of one model, whose files lie in a folder of any name.</summary>
    /// <param name="folder">The model's own folder.</param>
    public static ModelStore OfOneModel(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var full = Path.GetFullPath(folder);
        return new ModelStore(Path.GetDirectoryName(full) ?? full, full);
    }

    /// <summary>The folder of a model.</summary>
    /// <param name="manifest">A validated manifest, whose id is safe as a folder's name.</param>
    public string FolderOf(ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return _onlyFolder ?? Path.Combine(Root, manifest.Id);
    }

    /// <summary>The place of a file, whether or not it is there.</summary>
    /// <param name="manifest">The model.</param>
    /// <param name="name">The bare name of one of its files.</param>
    public string PathOf(ModelManifest manifest, string name) => Path.Combine(FolderOf(manifest), name);

    /// <summary>The place of a file's record, whether or not it is there.</summary>
    /// <param name="manifest">The model.</param>
    /// <param name="name">The bare name of one of its files.</param>
    public string RecordPathOf(ModelManifest manifest, string name) => PathOf(manifest, name + ".record.json");

    /// <summary>Looks at a file and its data files, reading every byte of them.</summary>
    /// <param name="manifest">The model.</param>
    /// <param name="file">One of its files.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The first thing that is amiss, or that all is present.</returns>
    /// <exception cref="ModelException">A file or record is there but cannot be read.</exception>
    public async Task<ModelFileStatus> InspectAsync(ModelManifest manifest, ModelFile file, CancellationToken cancellationToken)
    {
        ModelFileStatus? unrecorded = null;
        foreach (var blob in ModelBlob.Of(file))
        {
            var status = await InspectAsync(manifest, blob, cancellationToken);
            if (status.State is ModelFileState.Missing or ModelFileState.Damaged)
            {
                return status;
            }

            unrecorded ??= status.State == ModelFileState.Unrecorded ? status : null;
        }

        return unrecorded ?? new ModelFileStatus(ModelFileState.Present, PathOf(manifest, file.Name), "");
    }

    /// <summary>Looks at one file on disk, reading every byte of it.</summary>
    /// <param name="manifest">The model.</param>
    /// <param name="blob">What should lie there.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ModelException">The file or its record is there but cannot be read.</exception>
    public async Task<ModelFileStatus> InspectAsync(ModelManifest manifest, ModelBlob blob, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(blob);
        var path = PathOf(manifest, blob.Name);

        // Caches and mounted volumes hold links, whose own length is that of a path.
        var entry = new FileInfo(path);
        var present = entry.Exists && entry.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : entry;
        if (!present.Exists)
        {
            return new ModelFileStatus(ModelFileState.Missing, path, $"{path} is missing; run '{PullCommand(manifest, blob.Name)}'.");
        }

        var record = await ReadRecordAsync(manifest, blob.Name, cancellationToken);
        if (!blob.Verified && record is null)
        {
            return new ModelFileStatus(ModelFileState.Unrecorded, path, $"{path} has never been checked by the project; run '{PullCommand(manifest, blob.Name)} --record' to trust it as it is.");
        }

        var (bytes, sha256) = Expect(blob, record);
        if (bytes is { } size && present.Length != size)
        {
            return Damaged(manifest, path, $"is {present.Length} bytes long instead of {size}");
        }

        var seen = await MeasureAsync(path, cancellationToken);
        return sha256 is not null && seen.Sha256 != sha256
            ? Damaged(manifest, path, $"has the SHA-256 {seen.Sha256} instead of {sha256}")
            : new ModelFileStatus(ModelFileState.Present, path, "");
    }

    /// <summary>Reads a file's record.</summary>
    /// <param name="manifest">The model.</param>
    /// <param name="name">The bare name of one of its files.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The record, or null where there is none.</returns>
    /// <exception cref="ModelException">The record is there but cannot be read.</exception>
    public async Task<ModelRecord?> ReadRecordAsync(ModelManifest manifest, string name, CancellationToken cancellationToken)
    {
        var path = RecordPathOf(manifest, name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            await using var stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<ModelRecord>(stream, RecordOptions, cancellationToken)
                ?? throw new JsonException("it is null");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelException($"{path}: the record cannot be read ({error.Message}); remove it and run '{PullCommand(manifest, name)} --record'.", error);
        }
    }

    /// <summary>Writes a file's record whole or not at all.</summary>
    /// <param name="manifest">The model.</param>
    /// <param name="name">The bare name of one of its files.</param>
    /// <param name="record">What to write.</param>
    /// <param name="cancellationToken">Stops before the record is replaced.</param>
    /// <exception cref="ModelException">The folder cannot be written.</exception>
    public async Task WriteRecordAsync(ModelManifest manifest, string name, ModelRecord record, CancellationToken cancellationToken)
    {
        var path = RecordPathOf(manifest, name);
        var temporary = path + ".tmp";
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await JsonSerializer.SerializeAsync(stream, record, RecordOptions, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StoreWriting.Explain(path, error);
        }
    }

    /// <summary>Records a file as it lies on disk now.</summary>
    /// <remarks>What the self-test wrote is kept where the bytes are the same, and dropped where it is about other bytes.</remarks>
    /// <param name="manifest">The model.</param>
    /// <param name="blob">The file to record.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ModelException">The file differs from what the manifest says, or the folder cannot be written.</exception>
    public async Task<ModelRecord> RecordAsync(ModelManifest manifest, ModelBlob blob, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blob);
        var path = PathOf(manifest, blob.Name);
        var seen = await MeasureAsync(path, cancellationToken);
        if ((blob.Sha256 is not null && blob.Sha256 != seen.Sha256) || (blob.Bytes is { } bytes && bytes != seen.Bytes))
        {
            throw new ModelException($"{path} has {seen.Bytes} bytes and the SHA-256 {seen.Sha256} where the manifest says {blob.Bytes} and {blob.Sha256}; remove the file and run '{PullCommand(manifest, blob.Name)}'.");
        }

        var earlier = await ReadRecordAsync(manifest, blob.Name, cancellationToken);
        var record = earlier?.Sha256 == seen.Sha256 ? seen with { SelfTest = earlier.SelfTest } : seen;
        await WriteRecordAsync(manifest, blob.Name, record, cancellationToken);
        return record;
    }

    /// <summary>What a file has to be: the manifest's word, and where it has none the record's.</summary>
    internal static (long? Bytes, string? Sha256) Expect(ModelBlob blob, ModelRecord? record) =>
        (blob.Bytes ?? record?.Bytes, blob.Sha256 ?? record?.Sha256);

    internal static async Task<ModelRecord> MeasureAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new FileStream(path, new FileStreamOptions
            {
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                BufferSize = 1 << 20,
            });
            var hash = await SHA256.HashDataAsync(stream, cancellationToken);
            return new ModelRecord { Bytes = stream.Position, Sha256 = Convert.ToHexStringLower(hash) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} cannot be read ({error.Message}); check that this user may read it.", error);
        }
    }

    /// <summary>The command that fetches a file; for a data file, the ONNX file that it belongs to.</summary>
    internal static string PullCommand(ModelManifest manifest, string name)
    {
        var file = manifest.Files.FirstOrDefault(file => ModelBlob.Of(file).Any(blob => blob.Name == name));
        var option = file is null || file.Name == manifest.DefaultFile ? "" : $" --file {file.Name}";
        return $"neuralmask models pull {manifest.Id}{option}";
    }

    private static ModelFileStatus Damaged(ModelManifest manifest, string path, string how) => new(
        ModelFileState.Damaged,
        path,
        $"{path} {how}; run '{PullCommand(manifest, Path.GetFileName(path))}' to fetch it anew.");
}
