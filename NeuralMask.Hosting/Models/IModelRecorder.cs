using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Models;

/// <summary>
/// Is called once a file's hash is recorded, to record what else should stay the same from then on, such as the masks
/// of the self-test in <see cref="ModelRecord.SelfTest"/>.
/// </summary>
public interface IModelRecorder
{
    /// <summary>Adds to a file's record by <see cref="ModelStore.WriteRecordAsync"/>.</summary>
    /// <param name="store">Where the file lies.</param>
    /// <param name="manifest">The model.</param>
    /// <param name="file">The file; it and its data files are whole and recorded.</param>
    /// <param name="cancellationToken">Stops the recording.</param>
    Task RecordAsync(ModelStore store, ModelManifest manifest, ModelFile file, CancellationToken cancellationToken);
}
