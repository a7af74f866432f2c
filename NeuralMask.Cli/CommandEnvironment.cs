using Microsoft.Extensions.Configuration;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;
using Spectre.Console;

namespace NeuralMask.Cli;

/// <summary>What commands take from outside, so that a test can give them something else.</summary>
internal sealed record CommandEnvironment
{
    /// <summary>Where results go.</summary>
    public required IAnsiConsole Output { get; init; }

    /// <summary>Where progress and errors go.</summary>
    public required IAnsiConsole Error { get; init; }

    /// <summary>The settings, from environment variables.</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>The models that there are; read only by the commands that need them.</summary>
    public Func<ModelCatalog> Catalog { get; init; } = ModelCatalog.Shipped;

    /// <summary>Limits of a fetch.</summary>
    public FetchOptions Fetch { get; init; } = new();

    /// <summary>What else is recorded by <c>models pull --record</c>; null for nothing.</summary>
    public IModelRecorder? Recorder { get; init; }

    /// <summary>Whether the settings accept terms that forbid commercial use.</summary>
    public bool AcceptsNonCommercial =>
        bool.TryParse(Configuration[ModelProvisioning.AcceptNonCommercialSetting], out var accepts) && accepts;

    /// <summary>The environment of this process.</summary>
    public static CommandEnvironment OfProcess() => new()
    {
        Output = ConsoleOn(Console.Out),
        Error = ConsoleOn(Console.Error),
        Configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build(),
        Recorder = new SelfTestRecorder(),
    };

    /// <summary>A console whose tables are not folded to a terminal's width where there is no terminal.</summary>
    public static IAnsiConsole ConsoleOn(TextWriter writer)
    {
        const int WidthOfFiles = 240;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
