using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace NeuralMask.Hosting.Settings;

/// <summary>
/// The three plain environment variables that deployments of this service are written with, brought under the names
/// of the options they stand for. An option that is set itself wins.
/// </summary>
public static class ArticleSettings
{
    /// <summary>Adds <c>MODEL_PATH</c>, <c>MAX_WORKERS</c> and <c>LOG_LEVEL</c> as they stand in the configuration.</summary>
    /// <exception cref="SettingException">A value is not one that can be understood.</exception>
    public static void AddArticleSettings(this IConfigurationManager configuration)
    {
        var named = new Dictionary<string, string?>();
        Map(configuration, named, "MODEL_PATH", "NeuralMask:ModelPath", value => value);
        Map(configuration, named, "MAX_WORKERS", "NeuralMask:MaxWorkers", Workers);
        Map(configuration, named, "LOG_LEVEL", "Logging:LogLevel:Default", Level);
        configuration.AddInMemoryCollection(named);
    }

    private static void Map(IConfiguration configuration, Dictionary<string, string?> named, string variable, string option, Func<string, string> read)
    {
        if (configuration[variable] is { Length: > 0 } value && configuration[option] is null)
        {
            named[option] = read(value);
        }
    }

    private static string Workers(string value) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var workers)
            ? workers.ToString(CultureInfo.InvariantCulture)
            : throw new SettingException($"MAX_WORKERS is \"{value}\": write a number of sessions from 1 to 64.");

    // Both the words of .NET and those of most other logging libraries are understood.
    private static string Level(string value) => value.ToUpperInvariant() switch
    {
        "TRACE" => nameof(LogLevel.Trace),
        "DEBUG" => nameof(LogLevel.Debug),
        "INFO" or "INFORMATION" => nameof(LogLevel.Information),
        "WARN" or "WARNING" => nameof(LogLevel.Warning),
        "ERROR" => nameof(LogLevel.Error),
        "FATAL" or "CRITICAL" => nameof(LogLevel.Critical),
        "NONE" or "OFF" => nameof(LogLevel.None),
        _ => throw new SettingException($"LOG_LEVEL is \"{value}\": write TRACE, DEBUG, INFO, WARNING, ERROR, CRITICAL or NONE."),
    };
}
