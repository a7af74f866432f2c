namespace NeuralMask.Grains.Inference.Manifests;

/// <summary>
/// One file on disk that belongs to a model: the ONNX file itself or one of its external-data files. Both are fetched,
/// checked and recorded in the same way.
/// </summary>
/// <param name="Name">Bare file name under the model's folder.</param>
/// <param name="Bytes">Size in bytes; null while nobody has checked it.</param>
/// <param name="Sha256">SHA-256 in lower-case hexadecimal; null while nobody has checked it.</param>
/// <param name="Verified">True once size and hash were checked by the project.</param>
/// <param name="Sources">Where the file may be had, tried in order.</param>
public sealed record ModelBlob(
    string Name,
    long? Bytes,
    string? Sha256,
    bool Verified,
    IReadOnlyList<ModelSource> Sources)
{
    /// <summary>Lists what has to lie on disk before <paramref name="file"/> can be loaded, the ONNX file last.</summary>
    /// <remarks>Last, so that whoever finds the ONNX file finds its data too.</remarks>
    /// <param name="file">A file of a manifest.</param>
    public static IReadOnlyList<ModelBlob> Of(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return
        [
            .. file.Data.Select(data => new ModelBlob(data.Name, data.Bytes, data.Sha256, file.Verified, data.Sources)),
            new ModelBlob(file.Name, file.Bytes, file.Sha256, file.Verified, file.Sources),
        ];
    }
}
