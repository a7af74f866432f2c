using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models.Fetching;
using Spectre.Console;

namespace NeuralMask.Hosting.Models;

/// <summary>Makes sure that a model can be loaded: looked up, its terms accepted, its files there and whole.</summary>
/// <param name="catalog">The models that there are.</param>
/// <param name="store">Where their files lie.</param>
/// <param name="fetcher">How missing ones are fetched.</param>
/// <param name="console">Where the progress of that is shown.</param>
public sealed class ModelProvisioning(ModelCatalog catalog, ModelStore store, ModelFetcher fetcher, IAnsiConsole console)
{
    /// <summary>The setting by which an operator accepts terms that forbid commercial use.</summary>
    public const string AcceptNonCommercialSetting = "NeuralMask:AcceptNonCommercialModels";

    /// <summary>Whether the operator accepts terms that forbid commercial use.</summary>
    public bool AcceptNonCommercial { get; init; }

    /// <summary>What else is recorded with a file's hash; null for nothing.</summary>
    public IModelRecorder? Recorder { get; init; }

    /// <summary>Gives the path of a verified file.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="fileName">One of the model's files; null for the default one.</param>
    /// <param name="mayFetch">Whether a missing or damaged file is fetched.</param>
    /// <param name="cancellationToken">Stops the fetch; what has come in stays for the next start.</param>
    /// <returns>The absolute path of the ONNX file, whose hash was checked just now.</returns>
    /// <exception cref="ModelException">
    /// The model is not known, its terms are not accepted, or its file is not there and could or may not be fetched.
    /// </exception>
    public async Task<string> EnsureAsync(string id, string? fileName, bool mayFetch, CancellationToken cancellationToken)
    {
        var manifest = catalog.Get(id);
        var file = ModelCatalog.GetFile(manifest, fileName);
        RequireAcceptedTerms(manifest);
        var status = await store.InspectAsync(manifest, file, cancellationToken);
        return status.State switch
        {
            ModelFileState.Present => status.Path,
            ModelFileState.Missing or ModelFileState.Damaged when mayFetch =>
                await FetchAsync(manifest, file, record: false, cancellationToken),
            _ => throw new ModelException(status.Detail),
        };
    }

    /// <summary>Fetches a file where it is missing or damaged.</summary>
    /// <param name="manifest">The model.</param>
    /// <param name="file">One of its files.</param>
    /// <param name="record">
    /// Whether a file whose hash nobody has checked is trusted as it comes; its hash is then recorded and
    /// <see cref="Recorder"/> is called.
    /// </param>
    /// <param name="cancellationToken">Stops the fetch; what has come in stays for the next one.</param>
    /// <returns>The absolute path of the ONNX file.</returns>
    /// <exception cref="ModelException">The terms are not accepted, no source gives the file, or the store cannot be written.</exception>
    public async Task<string> PullAsync(ModelManifest manifest, ModelFile file, bool record, CancellationToken cancellationToken)
    {
        RequireAcceptedTerms(manifest);
        var path = await FetchAsync(manifest, file, record, cancellationToken);
        if (record && Recorder is not null)
        {
            await Recorder.RecordAsync(store, manifest, file, cancellationToken);
        }

        return path;
    }

    private Task<string> FetchAsync(ModelManifest manifest, ModelFile file, bool record, CancellationToken cancellationToken) =>
        FetchProgressBar.RunAsync(
            console,
            progress => fetcher.FetchAsync(store, manifest, file, record, progress, cancellationToken));

    private void RequireAcceptedTerms(ModelManifest manifest)
    {
        if (!manifest.Licence.Commercial && !AcceptNonCommercial)
        {
            throw new ModelException($"The terms of {manifest.Id} ({manifest.Licence.Weights}) forbid commercial use; read {manifest.Licence.WeightsUrl} and, if your use is allowed, give --accept-non-commercial or set {AcceptNonCommercialSetting} to true.");
        }
    }
}
