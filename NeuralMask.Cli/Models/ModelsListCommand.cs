using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;

namespace NeuralMask.Cli.Models;

/// <summary><c>neuralmask models list</c></summary>
internal sealed class ModelsListCommand(CommandEnvironment environment) : AsyncCommand<ModelsSettings>
{
    public override async Task<int> ExecuteAsync(
        CommandContext context, ModelsSettings settings, CancellationToken cancellationToken)
    {
        var store = settings.OpenStore(environment);
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("id", "file", "precision", "size", "licence", "commercial", "state");
        table.Columns[3].RightAligned();
        foreach (var manifest in environment.Catalog().All)
        {
            foreach (var file in manifest.Files)
            {
                var status = await store.InspectAsync(manifest, file, cancellationToken);
                table.AddRow(
                    Text(manifest.Id),
                    Text(file.Name == manifest.DefaultFile ? $"{file.Name} *" : file.Name),
                    Text(Lower(file.Precision)),
                    Text(file.Bytes is { } bytes ? Megabytes(bytes) : "?"),
                    Text(manifest.Licence.Weights),
                    Text(manifest.Licence.Commercial ? "yes" : "no"),
                    Text(Lower(status.State)));
            }
        }

        environment.Output.Write(table);
        environment.Output.Profile.Out.Writer.WriteLine($"* default file; weights lie in {store.Root}");
        return CommandLine.Success;
    }

    private static Text Text(string text) => new(text);

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Megabytes(long bytes) =>
        (bytes / 1e6).ToString("0.0 MB", CultureInfo.InvariantCulture);
}
