using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace NeuralMask.Hosting.Startup;

/// <summary>How the executables log while nobody asks for another form.</summary>
public static class OneLineConsole
{
    /// <summary>One line an event on the console, and of the web framework only what goes wrong.</summary>
    public static ILoggingBuilder AddOneLineConsole(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        logging.AddFilter("Microsoft.AspNetCore", configuration.LevelOfLibraries());
        logging.AddFilter("Microsoft.Hosting.Lifetime", configuration.LevelOfLibraries());

        // Why a host did not start is said in one sentence by Launch, or by the exception that ends the process.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        return logging;
    }

    /// <summary>Warnings and worse, unless an operator wants to read even less.</summary>
    internal static LogLevel LevelOfLibraries(this IConfiguration configuration) =>
        Enum.TryParse<LogLevel>(configuration["Logging:LogLevel:Default"], ignoreCase: true, out var level) && level > LogLevel.Warning
            ? level
            : LogLevel.Warning;
}
