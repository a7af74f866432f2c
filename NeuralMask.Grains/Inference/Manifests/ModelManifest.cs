using System.Text.Json.Serialization;

namespace NeuralMask.Grains.Inference.Manifests;

/// <summary>
/// What <c>models/&lt;id&gt;/model.json</c> says of a matting network: where its weights come from, what it takes,
/// what it gives, and under which licences. Everything that differs between two networks is a field here, so that
/// no code asks for a model by name.
/// </summary>
public sealed record ModelManifest
{
    /// <summary>The only value of <see cref="Schema"/> that this release reads.</summary>
    public const string CurrentSchema = "neuralmask.model/1";

    /// <summary>Always <see cref="CurrentSchema"/>.</summary>
    public required string Schema { get; init; }

    /// <summary>The id that requests and settings use: lower-case letters, digits, dots and dashes, 1 to 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The release of the weights, in the publisher's own words.</summary>
    public required string Version { get; init; }

    /// <summary>One sentence for people choosing a model.</summary>
    public required string Summary { get; init; }

    /// <summary>Terms of the weights and of the packages that carry them.</summary>
    public required ModelLicence Licence { get; init; }

    /// <summary>Files of the same network in different precisions; at least one.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>Name of the file that is used where nothing else is asked for; one of <see cref="Files"/>.</summary>
    public required string DefaultFile { get; init; }

    /// <summary>What the network takes.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>What the network gives.</summary>
    public required ModelOutput Output { get; init; }

    /// <summary>How many pictures one run may take.</summary>
    public ModelBatch Batch { get; init; } = new();

    /// <summary>The start-up gate on the pictures that the project draws.</summary>
    public ModelSelfTest SelfTest { get; init; } = new();
}

/// <summary>Terms under which a model may be used.</summary>
public sealed record ModelLicence
{
    /// <summary>SPDX identifier, or the publisher's name of the licence of the weights.</summary>
    public required string Weights { get; init; }

    /// <summary>Where the terms of the weights can be read.</summary>
    public required string WeightsUrl { get; init; }

    /// <summary>Licence of the package or repository that carries the weights, where it differs; else null.</summary>
    public string? Package { get; init; }

    /// <summary>False where the terms forbid commercial use: such a model is refused unless the operator accepts it by an option.</summary>
    public required bool Commercial { get; init; }

    /// <summary>Whether results may be sold on as part of a service to others.</summary>
    public required bool MayBeResold { get; init; }

    /// <summary>What an operator should know of the terms that the fields do not say; may be null.</summary>
    public string? Note { get; init; }
}

/// <summary>One ONNX file of a model.</summary>
public sealed record ModelFile
{
    /// <summary>File name under the model's folder; a bare name without separators.</summary>
    public required string Name { get; init; }

    /// <summary>Precision of the weights.</summary>
    public required ModelPrecision Precision { get; init; }

    /// <summary>Execution providers that may run this file: <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

    /// <summary>Size in bytes; null while nobody has checked it.</summary>
    public long? Bytes { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal; null while nobody has checked it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>True once size and hash were checked by the project. A false entry starts only after <c>models pull --record</c>.</summary>
    public required bool Verified { get; init; }

    /// <summary>Where the file may be had, tried in order; at least one.</summary>
    public required IReadOnlyList<ModelSource> Sources { get; init; }

    /// <summary>Weight files that the ONNX file refers to, to lie beside it; they have no precision or providers of their own.</summary>
    public IReadOnlyList<ModelDataFile> Data { get; init; } = [];

    /// <summary>Operators that the graph needs and older runtimes lack, such as <c>DeformConv</c>.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];
}

/// <summary>An external-data file of an ONNX model.</summary>
public sealed record ModelDataFile
{
    /// <summary>File name as the graph refers to it; a bare name without separators.</summary>
    public required string Name { get; init; }

    /// <summary>Size in bytes; null while nobody has checked it.</summary>
    public long? Bytes { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal; null while nobody has checked it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Where the file may be had, tried in order; at least one.</summary>
    public required IReadOnlyList<ModelSource> Sources { get; init; }
}

/// <summary>Exactly one of <see cref="Url"/>, <see cref="File"/> and <see cref="Npm"/> is set.</summary>
public sealed record ModelSource
{
    /// <summary>An https address.</summary>
    public string? Url { get; init; }

    /// <summary>A path on this machine; environment variables in it are expanded.</summary>
    public string? File { get; init; }

    /// <summary>An npm package as <c>name@version</c>.</summary>
    public string? Npm { get; init; }

    /// <summary>
    /// What to take out of an npm package: a path inside the package, or, with <see cref="Chunks"/>, a key of the
    /// chunk list.
    /// </summary>
    public string? Entry { get; init; }

    /// <summary>Path inside the package of a JSON file that lists the chunks of each entry with their offsets; null where the entry is a file.</summary>
    public string? Chunks { get; init; }
}

/// <summary>Number format of a file's weights.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelPrecision>))]
public enum ModelPrecision
{
    /// <summary>32-bit floating point.</summary>
    [JsonStringEnumMemberName("fp32")] Fp32,

    /// <summary>16-bit floating point.</summary>
    [JsonStringEnumMemberName("fp16")] Fp16,

    /// <summary>8-bit integers.</summary>
    [JsonStringEnumMemberName("int8")] Int8,
}

/// <summary>How many pictures one run may take.</summary>
public sealed record ModelBatch
{
    /// <summary>Largest batch that the graph accepts; 1 where the batch is part of the graph.</summary>
    public int Max { get; init; } = 1;
}

/// <summary>Limits of the start-up gate; all are shares of full alpha in 0..1.</summary>
public sealed record ModelSelfTest
{
    /// <summary>Largest mean alpha over the background of the product picture.</summary>
    public double BackgroundMax { get; init; } = 0.02;

    /// <summary>Smallest mean alpha over the subject of the product picture.</summary>
    public double SubjectMin { get; init; } = 0.98;

    /// <summary>Largest mean absolute difference from the recorded mask, for each of the three pictures.</summary>
    public double MaxMeanError { get; init; } = 0.01;
}
