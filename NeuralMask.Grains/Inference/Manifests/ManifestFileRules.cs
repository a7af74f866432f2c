using System.Text.RegularExpressions;

namespace NeuralMask.Grains.Inference.Manifests;

/// <summary>The rules about a manifest's files: what they are called, how they are checked, where they come from.</summary>
internal static partial class ManifestFileRules
{
    /// <summary>Endings of the files that fetching keeps beside the weights.</summary>
    private static readonly string[] ReservedEndings = [".part", ".part.json", ".record.json", ".lock", ".tmp"];

    private static readonly string[] Providers = ["cpu", "cuda", "tensorrt"];

    public static void Check(ModelManifest manifest, List<string> errors)
    {
        if (manifest.Files.Count == 0)
        {
            errors.Add("files is empty; list at least one ONNX file.");
            return;
        }

        // Case does not count, so that a manifest that works on Linux works elsewhere too.
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < manifest.Files.Count; index++)
        {
            var field = $"files[{index}]";
            if (manifest.Files[index] is { } file)
            {
                CheckFile(file, field, names, errors);
            }
            else
            {
                errors.Add($"{field} is null; write an object or remove it.");
            }
        }

        if (!manifest.Files.Any(file => file?.Name == manifest.DefaultFile))
        {
            errors.Add($"defaultFile is '{manifest.DefaultFile}', which is not among files; write the name of one of them.");
        }
    }

    private static void CheckFile(ModelFile file, string field, HashSet<string> names, List<string> errors)
    {
        CheckName(file.Name, $"{field}.name", names, errors);
        ManifestRules.RequireKnown(file.Precision, $"{field}.precision", errors);
        CheckProviders(file.Providers, $"{field}.providers", errors);
        CheckContent(file.Bytes, file.Sha256, file.Verified, field, errors);
        ModelSourceRules.Check(file.Sources, $"{field}.sources", errors);
        if (file.Operators.Any(string.IsNullOrWhiteSpace))
        {
            errors.Add($"{field}.operators has an empty name; write the operator's name or remove it.");
        }

        for (var index = 0; index < file.Data.Count; index++)
        {
            var dataField = $"{field}.data[{index}]";
            if (file.Data[index] is not { } data)
            {
                errors.Add($"{dataField} is null; write an object or remove it.");
                continue;
            }

            CheckName(data.Name, $"{dataField}.name", names, errors);
            CheckContent(data.Bytes, data.Sha256, file.Verified, dataField, errors);
            ModelSourceRules.Check(data.Sources, $"{dataField}.sources", errors);
        }
    }

    private static void CheckName(string name, string field, HashSet<string> names, List<string> errors)
    {
        if (!BareName().IsMatch(name)
            || name.Contains("..", StringComparison.Ordinal)
            || ReservedEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add($"{field} is '{name}'; write a bare file name of letters, digits, dots, dashes and underscores, without folders, that does not end in {string.Join(", ", ReservedEndings)}.");
        }
        else if (!names.Add(name))
        {
            errors.Add($"{field} is '{name}' a second time; give every file of a model its own name.");
        }
    }

    private static void CheckProviders(IReadOnlyList<string> providers, string field, List<string> errors)
    {
        if (providers.Count == 0)
        {
            errors.Add($"{field} is empty; list at least one of {string.Join(", ", Providers)}.");
        }

        foreach (var provider in providers.Where(provider => !Providers.Contains(provider, StringComparer.Ordinal)))
        {
            errors.Add($"{field} has '{provider}'; write one of {string.Join(", ", Providers)}.");
        }
    }

    private static void CheckContent(long? bytes, string? sha256, bool verified, string field, List<string> errors)
    {
        if (bytes is < 1)
        {
            errors.Add($"{field}.bytes is {bytes}; write the size in bytes, or null while nobody has checked it.");
        }

        if (sha256 is not null && !Sha256Pattern().IsMatch(sha256))
        {
            errors.Add($"{field}.sha256 is '{sha256}'; write 64 lower-case hexadecimal digits, or null while nobody has checked it.");
        }

        if (verified && bytes is null)
        {
            errors.Add($"{field}.bytes is missing though the file is verified; write the size, or verified false.");
        }

        if (verified && sha256 is null)
        {
            errors.Add($"{field}.sha256 is missing though the file is verified; write the hash, or verified false.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex BareName();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Sha256Pattern();
}
