using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Models;

/// <summary>
/// The models that this installation knows. An id is looked up here and nowhere else: what a request says never
/// becomes part of a path.
/// </summary>
public sealed class ModelCatalog
{
    private readonly Dictionary<string, ModelManifest> _manifests;

    /// <summary>A catalogue of the given manifests.</summary>
    /// <param name="manifests">Validated manifests with distinct ids.</param>
    /// <exception cref="ModelException">Two manifests have the same id.</exception>
    public ModelCatalog(IEnumerable<ModelManifest> manifests)
    {
        ArgumentNullException.ThrowIfNull(manifests);
        _manifests = new Dictionary<string, ModelManifest>(StringComparer.Ordinal);
        foreach (var manifest in manifests)
        {
            if (!_manifests.TryAdd(manifest.Id, manifest))
            {
                throw new ModelException($"The model id '{manifest.Id}' is used by two manifests; give each its own.");
            }
        }

        All = [.. _manifests.Values.OrderBy(manifest => manifest.Id, StringComparer.Ordinal)];
    }

    /// <summary>Every model in the order of ids.</summary>
    public IReadOnlyList<ModelManifest> All { get; }

    /// <summary>Reads the manifests that are shipped beside the executable.</summary>
    /// <exception cref="ModelException">The folder is missing or a manifest breaks a rule.</exception>
    public static ModelCatalog Shipped() => Read(Path.Combine(AppContext.BaseDirectory, "models"));

    /// <summary>Reads every <c>model.json</c> one level below a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ModelException">The folder is missing, holds no manifest, or a manifest breaks a rule.</exception>
    public static ModelCatalog Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new ModelException($"{folder}: the folder of model manifests is missing; install the program with its models folder beside it.");
        }

        var paths = Directory.EnumerateDirectories(folder)
            .Select(model => Path.Combine(model, "model.json"))
            .Where(File.Exists)
            .ToList();
        if (paths.Count == 0)
        {
            throw new ModelException($"{folder}: there is no <id>/model.json in the folder of model manifests; install the program with its models folder beside it.");
        }

        return new ModelCatalog(paths.Select(ModelManifestReader.Read));
    }

    /// <summary>Looks a model up.</summary>
    /// <param name="id">The id, exactly as the manifest spells it.</param>
    /// <returns>The manifest, or null where the id is not known.</returns>
    public ModelManifest? Find(string id) => _manifests.GetValueOrDefault(id);

    /// <summary>Looks a model up that has to be there.</summary>
    /// <param name="id">The id, exactly as the manifest spells it.</param>
    /// <exception cref="ModelException">The id is not known; the message lists those that are.</exception>
    public ModelManifest Get(string id) => Find(id)
        ?? throw new ModelException($"There is no model '{id}'; write one of {string.Join(", ", All.Select(manifest => manifest.Id))}.");

    /// <summary>Looks a file of a model up.</summary>
    /// <param name="manifest">The model.</param>
    /// <param name="fileName">The file's name as the manifest spells it; null for the default file.</param>
    /// <exception cref="ModelException">The model has no such file; the message lists those it has.</exception>
    public static ModelFile GetFile(ModelManifest manifest, string? fileName)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var wanted = fileName ?? manifest.DefaultFile;
        return manifest.Files.FirstOrDefault(file => file.Name == wanted)
            ?? throw new ModelException($"The model {manifest.Id} has no file '{wanted}'; write one of {string.Join(", ", manifest.Files.Select(file => file.Name))}.");
    }
}
