using System.ComponentModel;
using NeuralMask.Hosting.Models;
using Spectre.Console.Cli;

namespace NeuralMask.Cli.Models;

/// <summary><c>neuralmask models verify</c></summary>
internal sealed class ModelsVerifyCommand(CommandEnvironment environment) : AsyncCommand<ModelsVerifyCommand.Settings>
{
    public override async Task<int> ExecuteAsync(
        CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var catalog = environment.Catalog();
        var store = settings.OpenStore(environment);
        var output = environment.Output.Profile.Out.Writer;
        var present = 0;
        var damaged = new List<string>();
        foreach (var manifest in settings.Id is null ? catalog.All : [catalog.Get(settings.Id)])
        {
            foreach (var file in manifest.Files)
            {
                var status = await store.InspectAsync(manifest, file, cancellationToken);
                switch (status.State)
                {
                    case ModelFileState.Damaged:
                        damaged.Add(status.Detail);
                        break;
                    case ModelFileState.Unrecorded:
                        present++;
                        output.WriteLine(status.Detail);
                        break;
                    case ModelFileState.Present:
                        present++;
                        output.WriteLine($"{status.Path} is whole.");
                        break;
                }
            }
        }

        foreach (var sentence in damaged)
        {
            environment.Error.Profile.Out.Writer.WriteLine(sentence);
        }

        if (present == 0 && damaged.Count == 0)
        {
            // Asked for by name, a model that is not there is a failure; a machine without models is not.
            var where = settings.Id is null ? "any model" : settings.Id;
            environment.Error.Profile.Out.Writer.WriteLine($"No file of {where} is in {store.Root}; run 'neuralmask models pull {settings.Id ?? "<id>"}'.");
            return settings.Id is null ? CommandLine.Success : CommandLine.Failure;
        }

        return damaged.Count == 0 ? CommandLine.Success : CommandLine.Failure;
    }

    /// <summary>What the command takes.</summary>
    internal sealed class Settings : ModelsSettings
    {
        [CommandArgument(0, "[id]")]
        [Description("The model; all of them where none is given.")]
        public string? Id { get; init; }
    }
}
