using Microsoft.Extensions.Options;
using NeuralMask.Cli.Models;
using NeuralMask.Grains.Inference.Manifests;
using Spectre.Console.Cli;

namespace NeuralMask.Cli;

/// <summary>The commands of <c>neuralmask</c> and what their ends mean to a shell.</summary>
internal static class CommandLine
{
    public const int Success = 0;

    public const int Failure = 1;

    public const int Usage = 2;

    // What shells give for a process that Ctrl-C ended.
    public const int Cancelled = 130;

    /// <summary>Runs one command.</summary>
    /// <returns>0 for success, 1 for a failure that was explained, 2 for a wrong command line, 130 after Ctrl-C.</returns>
    public static async Task<int> RunAsync(string[] arguments, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var app = new CommandApp();
        app.Configure(commands =>
        {
            commands.SetApplicationName("neuralmask");
            commands.UseAssemblyInformationalVersion();
            commands.UseStrictParsing();
            commands.ConfigureConsole(environment.Output);
            commands.PropagateExceptions();
            commands.Settings.Registrar.RegisterInstance(environment);
            commands.AddBranch("models", models =>
            {
                models.SetDescription("The models' weights on this machine.");
                models.AddCommand<ModelsListCommand>("list")
                    .WithDescription("Lists the models, their terms and whether their files are here.");
                models.AddCommand<ModelsPullCommand>("pull")
                    .WithDescription("Fetches a model's file; what was cut off is resumed.")
                    .WithExample("models", "pull", "isnet-general-use");
                models.AddCommand<ModelsVerifyCommand>("verify")
                    .WithDescription("Checks every byte of the files that are here.");
            });
        });

        try
        {
            return await app.RunAsync(arguments, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Explain(environment, "Cancelled; run the same again to go on.", Cancelled);
        }
        catch (CommandAppException error)
        {
            return Explain(environment, $"{error.Message} See 'neuralmask --help'.", Usage);
        }
        catch (Exception error) when (error is ModelException or OptionsValidationException)
        {
            return Explain(environment, error.Message, Failure);
        }
    }

    private static int Explain(CommandEnvironment environment, string sentence, int exitCode)
    {
        // Past the console's own writing, which would fold a path in two.
        environment.Error.Profile.Out.Writer.WriteLine(sentence);
        return exitCode;
    }
}
