using System.Text.RegularExpressions;

namespace NeuralMask.Grains.Inference.Manifests;

/// <summary>The rules about the places that weights come from.</summary>
internal static partial class ModelSourceRules
{
    public static void Check(IReadOnlyList<ModelSource> sources, string field, List<string> errors)
    {
        if (sources.Count == 0)
        {
            errors.Add($"{field} is empty; list at least one source.");
        }

        for (var index = 0; index < sources.Count; index++)
        {
            if (sources[index] is { } source)
            {
                CheckSource(source, $"{field}[{index}]", errors);
            }
            else
            {
                errors.Add($"{field}[{index}] is null; write an object or remove it.");
            }
        }
    }

    /// <summary>True for an absolute https address without a user name or password in it.</summary>
    public static bool IsHttps(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && uri.UserInfo.Length == 0;

    private static void CheckSource(ModelSource source, string field, List<string> errors)
    {
        var kinds = new[] { source.Url, source.File, source.Npm }.Count(kind => kind is not null);
        if (kinds != 1)
        {
            errors.Add($"{field} has {kinds} of url, file and npm; write exactly one.");
            return;
        }

        if (source.Url is not null && !IsHttps(source.Url))
        {
            errors.Add($"{field}.url is '{source.Url}'; write an https address without a user name in it.");
        }

        if (source.File is not null)
        {
            ManifestRules.RequireText(source.File, $"{field}.file", errors);
        }

        if (source.Npm is not null)
        {
            CheckPackage(source, field, errors);
        }
        else if (source.Entry is not null || source.Chunks is not null)
        {
            errors.Add($"{field}.entry and chunks name things inside an npm package; remove them or write npm.");
        }
    }

    private static void CheckPackage(ModelSource source, string field, List<string> errors)
    {
        if (!PackagePattern().IsMatch(source.Npm!))
        {
            errors.Add($"{field}.npm is '{source.Npm}'; write a package and its exact version, such as @scope/name@1.2.3.");
        }

        if (string.IsNullOrWhiteSpace(source.Entry))
        {
            errors.Add($"{field}.entry is missing; write what to take out of the package.");
        }
        else if (source.Chunks is null && !IsInside(source.Entry))
        {
            errors.Add($"{field}.entry is '{source.Entry}'; write a relative path inside the package.");
        }

        if (source.Chunks is not null && !IsInside(source.Chunks))
        {
            errors.Add($"{field}.chunks is '{source.Chunks}'; write a relative path inside the package.");
        }
    }

    private static bool IsInside(string path) =>
        path.Length > 0
        && !path.Contains('\\', StringComparison.Ordinal)
        && path.Split('/').All(part => part is not ("" or "." or ".."));

    // An exact version, since the hash is pinned; the first character keeps it from being read as an option.
    [GeneratedRegex(@"\A(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*@[0-9]+\.[0-9]+\.[0-9]+(-[A-Za-z0-9.-]+)?\z")]
    private static partial Regex PackagePattern();
}
