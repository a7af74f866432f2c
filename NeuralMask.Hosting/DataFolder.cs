using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace NeuralMask.Hosting;

/// <summary>The one folder that a process may write to: models and standalone state lie under it.</summary>
public static class DataFolder
{
    /// <summary>The setting; as an environment variable <c>NeuralMask__DataFolder</c>.</summary>
    public const string Setting = "NeuralMask:DataFolder";

    /// <summary>Gives the folder's absolute path; the folder need not exist yet.</summary>
    /// <param name="configuration">Where the setting is looked up.</param>
    /// <returns>The setting, or <c>neuralmask</c> under the user's folder for local application data.</returns>
    /// <exception cref="OptionsValidationException">Nothing is set and the system gives no such folder.</exception>
    public static string Resolve(IConfiguration configuration) => Resolve(
        configuration,
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify));

    /// <summary>Gives the folder of the models' weights.</summary>
    /// <param name="configuration">Where the setting is looked up.</param>
    /// <exception cref="OptionsValidationException">Nothing is set and the system gives no data folder.</exception>
    public static string ResolveModels(IConfiguration configuration) => Path.Combine(Resolve(configuration), "models");

    internal static string Resolve(IConfiguration configuration, string localApplicationData)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration[Setting] is { Length: > 0 } chosen)
        {
            return Path.GetFullPath(Environment.ExpandEnvironmentVariables(chosen));
        }

        // Without a home folder the runtime takes the root of the file system for one.
        if (!Path.IsPathRooted(localApplicationData) || localApplicationData.StartsWith("/.", StringComparison.Ordinal))
        {
            throw new OptionsValidationException(Setting, typeof(string),
                [$"{Setting} is not set and this user has no folder for application data; set {Setting} (environment variable NeuralMask__DataFolder) to a folder that may be written."]);
        }

        return Path.Combine(localApplicationData, "neuralmask");
    }
}
