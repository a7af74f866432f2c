using Microsoft.Extensions.Configuration;
using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Models;

/// <summary>Where the model that a process serves is to be found.</summary>
/// <param name="Catalog">The models that may be asked for.</param>
/// <param name="Store">Where their files lie.</param>
/// <param name="Id">The model.</param>
/// <param name="File">One of its files; null for the default one.</param>
/// <param name="MayFetch">Whether a missing file is fetched: never into a folder that an operator fills.</param>
public sealed record ModelLocation(ModelCatalog Catalog, ModelStore Store, string Id, string? File, bool MayFetch)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="ModelException"><see cref="ModelOptions.ModelPath"/> leads nowhere.</exception>
    public static ModelLocation Of(ModelOptions options, IConfiguration configuration) =>
        options.ModelPath is { Length: > 0 } path
            ? Operated(path, options)
            : new(ModelCatalog.Shipped(), new ModelStore(DataFolder.ResolveModels(configuration)), options.Model, options.ModelFile, MayFetch: true);

    private static ModelLocation Operated(string path, ModelOptions options)
    {
        var full = Path.GetFullPath(path);
        var (folder, file) = System.IO.File.Exists(full) ? (Path.GetDirectoryName(full)!, Path.GetFileName(full)) : (full, options.ModelFile);
        if (!Directory.Exists(folder))
        {
            throw new ModelException($"NeuralMask:ModelPath (MODEL_PATH) is {path}, and there is no such folder; write the folder of one model, or leave it out to have the model fetched.");
        }

        var own = Path.Combine(folder, "model.json");
        if (System.IO.File.Exists(own))
        {
            var manifest = ModelManifestReader.ReadOfAnyFolder(own);
            return new(new ModelCatalog([manifest]), ModelStore.OfOneModel(folder), manifest.Id, file, MayFetch: false);
        }

        var id = Path.GetFileName(folder);
        var shipped = ModelCatalog.Shipped();
        return shipped.Find(id) is null
            ? throw new ModelException($"NeuralMask:ModelPath (MODEL_PATH) is {path}, which holds no model.json and is not named for a known model; put a model.json there, or name the folder one of {string.Join(", ", shipped.All.Select(manifest => manifest.Id))}.")
            : new(shipped, ModelStore.OfOneModel(folder), id, file, MayFetch: false);
    }
}
