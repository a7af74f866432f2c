namespace NeuralMask.Hosting.Models;

/// <summary>Which model a process serves. Bound to the section <c>NeuralMask</c>.</summary>
public sealed record ModelOptions
{
    /// <summary>Id of the model.</summary>
    public string Model { get; init; } = "isnet-general-use";

    /// <summary>One of the model's files; null for its default one.</summary>
    public string? ModelFile { get; init; }

    /// <summary>
    /// A folder that holds one model's files and is only read, or one of those files; null for the data folder, which
    /// is filled on the first start. The folder's own <c>model.json</c> is used where there is one, and else its name
    /// is the model's id. Also read from <c>MODEL_PATH</c>.
    /// </summary>
    public string? ModelPath { get; init; }

    /// <summary>Whether terms that forbid commercial use were read and accepted.</summary>
    public bool AcceptNonCommercialModels { get; init; }
}
