using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>
/// Brings a model's files into a <see cref="ModelStore"/>. Under its final name a file is always whole and checked;
/// what is cut off stays as <c>.part</c> and is resumed by the next try.
/// </summary>
public sealed class ModelFetcher : IDisposable
{
    private readonly FetchOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpsRequests _requests;
    private readonly SourceReader _sources;

    /// <summary>A fetcher.</summary>
    /// <param name="options">Its limits; the defaults where null.</param>
    /// <param name="time">The clock of its timeouts; the system's where null.</param>
    public ModelFetcher(FetchOptions? options = null, TimeProvider? time = null)
    {
        _options = options ?? new FetchOptions();
        _time = time ?? TimeProvider.System;
        _requests = new HttpsRequests(_options.MaxRedirects);
        _sources = new SourceReader(
            new ResumableDownload(_requests, _options, _time),
            new NpmRegistry(_options, _time));
    }

    /// <summary>Makes sure that a file and its data files are there and whole, fetching what is not.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="manifest">The model.</param>
    /// <param name="file">One of its files.</param>
    /// <param name="record">Whether a file whose hash nobody has checked is trusted as it comes, and its hash recorded.</param>
    /// <param name="progress">Told about every piece that comes in, on the thread that brings it; may be null.</param>
    /// <param name="cancellationToken">Stops the fetch; what has come in stays for the next try.</param>
    /// <returns>The absolute path of the ONNX file.</returns>
    /// <exception cref="ModelException">No source gives the file, its hash is wrong, or the store cannot be written.</exception>
    public async Task<string> FetchAsync(
        ModelStore store,
        ModelManifest manifest,
        ModelFile file,
        bool record,
        IProgress<FetchProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(file);
        var folder = CreateFolder(store.FolderOf(manifest));
        using var hold = await ModelLock.TakeAsync(
            folder,
            _options.LockTimeout,
            _time,
            () => progress?.Report(new FetchProgress(FetchStage.Waiting, file.Name, "another process", 0, null)),
            cancellationToken);
        foreach (var blob in ModelBlob.Of(file))
        {
            await FetchAsync(store, manifest, blob, record, progress, cancellationToken);
            if (record)
            {
                await store.RecordAsync(manifest, blob, cancellationToken);
            }
        }

        return store.PathOf(manifest, file.Name);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _requests.Dispose();

    private async Task FetchAsync(
        ModelStore store,
        ModelManifest manifest,
        ModelBlob blob,
        bool record,
        IProgress<FetchProgress>? progress,
        CancellationToken cancellationToken)
    {
        // Looked at under the lock: whoever held it may have brought the file.
        var status = await store.InspectAsync(manifest, blob, cancellationToken);
        if (status.State == ModelFileState.Present || (status.State == ModelFileState.Unrecorded && record))
        {
            return;
        }

        var known = await store.ReadRecordAsync(manifest, blob.Name, cancellationToken);
        if (!blob.Verified && known is null && !record)
        {
            throw new ModelException($"{blob.Name} of {manifest.Id} has never been checked by the project; run '{ModelStore.PullCommand(manifest, blob.Name)} --record' to trust what its source gives and to record its hash.");
        }

        var (bytes, sha256) = ModelStore.Expect(blob, known);
        var target = new FetchTarget(store.PathOf(manifest, blob.Name), bytes, sha256, progress);
        var failures = new List<string>();
        foreach (var source in blob.Sources)
        {
            try
            {
                await _sources.ReadAsync(source, target, cancellationToken);
                target.Part.Publish(target.Path);
                return;
            }
            catch (SourceFailedException error)
            {
                failures.Add($"{SourceReader.NameOf(source)} {error.Message}");
            }
        }

        var check = blob.Verified
            ? $"neuralmask models verify {manifest.Id}"
            : $"{ModelStore.PullCommand(manifest, blob.Name)} --record";
        throw new ModelException($"{target.Path} could not be fetched: {string.Join("; ", failures)}. Run the same again, or put the file there by hand and run '{check}'.");
    }

    private static string CreateFolder(string folder)
    {
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StoreWriting.Explain(folder, error);
        }
    }
}
