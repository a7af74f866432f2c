using Microsoft.Extensions.Configuration;
using NeuralMask.Hosting.Models;

namespace NeuralMask.Cli.Tests;

/// <summary>Runs commands inside the test, on a folder of its own with models of its own.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("neuralmask-test-");

    public Dictionary<string, string?> Settings { get; } = [];

    public IModelRecorder? Recorder { get; init; }

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public string Weights => Path.Combine(_folder.FullName, "weights");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Describes a model whose only file is copied from <c>source</c> in the test's folder.</summary>
    public void Describe(string id, string? sha256, long? bytes, bool commercial = true)
    {
        var verified = sha256 is not null;
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "manifests", id));
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "manifests", id, "model.json"), $$"""
            {
              "schema": "neuralmask.model/1", "id": "{{id}}", "version": "1", "summary": "A test.",
              "licence": { "weights": "X-1.0", "weightsUrl": "https://example.org/{{id}}", "commercial": {{(commercial ? "true" : "false")}}, "mayBeResold": true },
              "files": [
                {
                  "name": "{{id}}.onnx", "precision": "fp16", "providers": ["cpu"], "verified": {{(verified ? "true" : "false")}},
                  "bytes": {{bytes?.ToString() ?? "null"}}, "sha256": {{(verified ? $"\"{sha256}\"" : "null")}},
                  "sources": [ { "file": {{System.Text.Json.JsonSerializer.Serialize(File("source"))}} } ]
                }
              ],
              "defaultFile": "{{id}}.onnx",
              "input": { "width": 64, "height": 64, "scale": 1, "mean": [0, 0, 0], "std": [1, 1, 1] },
              "output": { "activation": "none" }
            }
            """);
    }

    public Task<int> RunAsync(params string[] arguments) => RunAsync(TestContext.Current.CancellationToken, arguments);

    public async Task<int> RunAsync(CancellationToken stop, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CommandEnvironment
        {
            Output = CommandEnvironment.ConsoleOn(output),
            Error = CommandEnvironment.ConsoleOn(error),
            Configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(),
            Catalog = () => ModelCatalog.Read(File("manifests")),
            Recorder = Recorder,
        };
        var exitCode = await CommandLine.RunAsync(arguments, environment, stop);
        Output = output.ToString();
        Error = error.ToString();
        return exitCode;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
