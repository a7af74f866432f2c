namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>What a source has to give, and where it goes.</summary>
/// <param name="Path">The final path.</param>
/// <param name="Bytes">The size; null where it is not known.</param>
/// <param name="Sha256">The hash in lower-case hexadecimal; null where it is not known.</param>
/// <param name="Progress">Who is told; may be null.</param>
internal sealed record FetchTarget(string Path, long? Bytes, string? Sha256, IProgress<FetchProgress>? Progress)
{
    /// <summary>The file while it is not whole.</summary>
    public PartFile Part { get; } = new(Path + ".part");

    /// <summary>The package that carries the file, while it is fetched and unpacked.</summary>
    public PartFile Tarball { get; } = new(Path + ".tgz.part");

    /// <summary>Gives a listener that puts the file's and the source's name to the numbers.</summary>
    public Action<long, long?> Report(FetchStage stage, string source)
    {
        var name = System.IO.Path.GetFileName(Path);
        return (done, total) => Progress?.Report(new FetchProgress(stage, name, source, done, total));
    }
}
