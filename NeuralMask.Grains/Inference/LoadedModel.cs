using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Inference.SelfTest;

namespace NeuralMask.Grains.Inference;

/// <summary>A model whose file is on this machine and has the hash that is expected of it.</summary>
/// <param name="Manifest">What the network takes and gives.</param>
/// <param name="File">The file of the manifest that is used.</param>
/// <param name="Path">Where that file lies.</param>
/// <param name="Record">Masks that this file is known to give; null only where the product picture alone has to do.</param>
public sealed record LoadedModel(ModelManifest Manifest, ModelFile File, string Path, SelfTestRecord? Record)
{
    /// <summary>How messages name it.</summary>
    public override string ToString() => $"{Manifest.Id} ({File.Name})";
}
