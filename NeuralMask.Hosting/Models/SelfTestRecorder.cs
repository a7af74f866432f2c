using System.Text.Json;
using System.Text.Json.Nodes;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Inference.SelfTest;

namespace NeuralMask.Hosting.Models;

/// <summary>Keeps the masks that a file gives for the self-test's pictures in the file's record, and reads them back.</summary>
public sealed class SelfTestRecorder : IModelRecorder
{
    /// <inheritdoc/>
    public async Task RecordAsync(ModelStore store, ModelManifest manifest, ModelFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var record = await store.ReadRecordAsync(manifest, file.Name, cancellationToken)
            ?? throw new ModelException($"{store.RecordPathOf(manifest, file.Name)} is missing; run `neuralmask models pull {manifest.Id} --record`.");
        var masks = await Task.Run(() => Masks(new LoadedModel(manifest, file, store.PathOf(manifest, file.Name), null), cancellationToken), cancellationToken);
        await store.WriteRecordAsync(manifest, file.Name, record with { SelfTest = masks }, cancellationToken);
    }

    /// <summary>The masks of a file: those that were recorded here, else those that are shipped with its manifest.</summary>
    /// <returns>The masks, or null where nobody has recorded any.</returns>
    /// <exception cref="ModelException">A record cannot be read.</exception>
    public static async Task<SelfTestRecord?> FindAsync(ModelStore store, ModelManifest manifest, ModelFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var shipped = new ModelStore(Path.Combine(AppContext.BaseDirectory, "models"));
        foreach (var place in new[] { store, shipped })
        {
            var record = await place.ReadRecordAsync(manifest, file.Name, cancellationToken);
            if (record?.SelfTest is { } masks && (file.Sha256 is null || file.Sha256 == record.Sha256))
            {
                return masks.Deserialize<SelfTestRecord>(JsonSerializerOptions.Web);
            }
        }

        return null;
    }

    private static JsonObject Masks(LoadedModel model, CancellationToken cancellationToken)
    {
        using var session = ModelSession.Open(model, Environment.ProcessorCount);
        return JsonSerializer.SerializeToNode(SelfTestGate.Record(session, cancellationToken), JsonSerializerOptions.Web)!.AsObject();
    }
}
