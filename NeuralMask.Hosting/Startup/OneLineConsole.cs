using Microsoft.Extensions.Logging;

namespace NeuralMask.Hosting.Startup;

/// <summary>How the executables log while nobody asks for another form.</summary>
public static class OneLineConsole
{
    /// <summary>One line an event on the console, and of the web framework only what goes wrong.</summary>
    public static ILoggingBuilder AddOneLineConsole(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        return logging;
    }
}
