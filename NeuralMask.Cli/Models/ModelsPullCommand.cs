using System.ComponentModel;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;
using Spectre.Console;
using Spectre.Console.Cli;

namespace NeuralMask.Cli.Models;

/// <summary><c>neuralmask models pull</c></summary>
internal sealed class ModelsPullCommand(CommandEnvironment environment) : AsyncCommand<ModelsPullCommand.Settings>
{
    public override async Task<int> ExecuteAsync(
        CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var catalog = environment.Catalog();
        var manifest = catalog.Get(settings.Id);
        var files = settings.All ? manifest.Files : [ModelCatalog.GetFile(manifest, settings.FileName)];
        using var fetcher = new ModelFetcher(environment.Fetch);
        var provisioning = new ModelProvisioning(catalog, settings.OpenStore(environment), fetcher, environment.Error)
        {
            AcceptNonCommercial = settings.AcceptNonCommercial || environment.AcceptsNonCommercial,
            Recorder = environment.Recorder,
        };
        foreach (var file in files)
        {
            var path = await provisioning.PullAsync(manifest, file, settings.Record, cancellationToken);
            environment.Output.Profile.Out.Writer.WriteLine($"{path} is whole.");
        }

        return CommandLine.Success;
    }

    /// <summary>What the command takes.</summary>
    internal sealed class Settings : ModelsSettings
    {
        [CommandArgument(0, "<id>")]
        [Description("The model, as 'models list' names it.")]
        public required string Id { get; init; }

        [CommandOption("--file <NAME>")]
        [Description("One of the model's files; its default file where none is given.")]
        public string? FileName { get; init; }

        [CommandOption("--all")]
        [Description("All of the model's files.")]
        public bool All { get; init; }

        [CommandOption("--record")]
        [Description("Trust a file whose hash nobody has checked: record its hash and the masks it gives for the self-test.")]
        public bool Record { get; init; }

        [CommandOption("--accept-non-commercial")]
        [Description("Accept terms that forbid commercial use.")]
        public bool AcceptNonCommercial { get; init; }

        public override ValidationResult Validate() => All && FileName is not null
            ? ValidationResult.Error("Write --file or --all, not both.")
            : ValidationResult.Success();
    }
}
