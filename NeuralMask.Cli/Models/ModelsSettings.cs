using System.ComponentModel;
using NeuralMask.Hosting;
using NeuralMask.Hosting.Models;
using Spectre.Console.Cli;

namespace NeuralMask.Cli.Models;

/// <summary>What every command about models takes.</summary>
internal class ModelsSettings : CommandSettings
{
    [CommandOption("--to <DIR>")]
    [Description("Folder of the weights; the data folder's 'models' where it is not given.")]
    public string? Folder { get; init; }

    public ModelStore OpenStore(CommandEnvironment environment) =>
        new(Folder ?? DataFolder.ResolveModels(environment.Configuration));
}
