namespace NeuralMask.Hosting.Models;

/// <summary>How a model's file lies on disk.</summary>
public enum ModelFileState
{
    /// <summary>It is not there, or one of its data files is not.</summary>
    Missing,

    /// <summary>It is whole: size and hash are what the manifest or the record says.</summary>
    Present,

    /// <summary>Its size or hash differs.</summary>
    Damaged,

    /// <summary>It is there, but neither the manifest nor a record says what its hash should be.</summary>
    Unrecorded,
}

/// <summary>What looking at a file found.</summary>
/// <param name="State">How it lies on disk.</param>
/// <param name="Path">Absolute path of the file that decided, which is a data file where that one is amiss.</param>
/// <param name="Detail">A sentence on what is amiss and what to do; empty for <see cref="ModelFileState.Present"/>.</param>
public sealed record ModelFileStatus(ModelFileState State, string Path, string Detail);
