using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace NeuralMask.Grains.Inference.Manifests;

/// <summary>
/// Reads <c>model.json</c> files. A field that this release does not know is an error, since a misspelt
/// <c>activation</c> that is silently ignored gives wrong masks rather than no masks.
/// </summary>
public static partial class ModelManifestReader
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads and validates a manifest; its folder must bear the model's id.</summary>
    /// <param name="path">Path of a <c>model.json</c>.</param>
    /// <exception cref="ModelException">The file cannot be read, is not a manifest, or breaks a rule.</exception>
    public static ModelManifest Read(string path)
    {
        var manifest = ReadOfAnyFolder(path);
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)));
        if (folder != manifest.Id)
        {
            throw new ModelException($"{path}: id is '{manifest.Id}' but the folder is '{folder}'; give both the same name.");
        }

        return manifest;
    }

    /// <summary>Reads and validates a manifest that lies where an operator put it.</summary>
    /// <param name="path">Path of a <c>model.json</c>.</param>
    /// <exception cref="ModelException">The file cannot be read, is not a manifest, or breaks a rule.</exception>
    public static ModelManifest ReadOfAnyFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string json;
        try
        {
            json = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: the manifest cannot be read ({error.Message}); check that it exists and that this user may read it.", error);
        }

        return Parse(json, path);
    }

    /// <summary>Parses and validates the text of a manifest.</summary>
    /// <param name="json">The text; comments and trailing commas are allowed.</param>
    /// <param name="path">Name of the file for error messages.</param>
    /// <exception cref="ModelException">The text is not a manifest or breaks a rule; the message has one sentence an error.</exception>
    public static ModelManifest Parse(string json, string path)
    {
        ArgumentNullException.ThrowIfNull(json);
        ModelManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<ModelManifest>(json, Options)
                ?? throw new ModelException($"{path}: the manifest is null; write a JSON object.");
        }
        catch (JsonException error)
        {
            throw new ModelException(Explain(error, path), error);
        }

        var errors = ManifestRules.Check(manifest);
        if (errors.Count > 0)
        {
            throw new ModelException(string.Join(Environment.NewLine, errors.Select(error => $"{path}: {error}")));
        }

        return manifest;
    }

    /// <summary>The serializer's own words name .NET types, which tell whoever writes a manifest nothing.</summary>
    private static string Explain(JsonException error, string path)
    {
        var field = error.Path is null or "$" ? "the manifest" : error.Path.Replace("$.", "", StringComparison.Ordinal);
        var line = error.LineNumber is { } number ? $" (line {number + 1})" : "";
        if (MissingFields().Match(error.Message) is { Success: true } missing)
        {
            return $"{path}: {field}{line} lacks {missing.Groups[1].Value}; add it.";
        }

        if (error.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return $"{path}: {field}{line} is not a field that this release knows; correct its spelling or remove it.";
        }

        return error.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? $"{path}: {field}{line} has a value of the wrong kind; write one of the kind and words that the other manifests use there."
            : $"{path}: {field}{line} cannot be read; {FirstSentence().Match(error.Message).Value}";
    }

    [GeneratedRegex(@"missing required properties including: (.+?)\.(?:\s|$)")]
    private static partial Regex MissingFields();

    [GeneratedRegex(@"^.*?\.(?=\s|$)|^.*$")]
    private static partial Regex FirstSentence();
}
