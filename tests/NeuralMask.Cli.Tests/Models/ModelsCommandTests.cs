using System.Security.Cryptography;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models;

namespace NeuralMask.Cli.Tests.Models;

public sealed class ModelsCommandTests : IDisposable
{
    private static readonly byte[] Content = [8, 1, 2, 3, 4, 5, 6, 7];

    private readonly CommandRun _run = new();

    public ModelsCommandTests()
    {
        _run.Describe("tiny", Sha256(Content), Content.Length);
        File.WriteAllBytes(_run.File("source"), Content);
    }

    private string TinyPath => Path.Combine(_run.Weights, "tiny", "tiny.onnx");

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Pull_brings_the_default_file_and_says_where_it_is()
    {
        Assert.Equal(0, await _run.RunAsync("models", "pull", "tiny", "--to", _run.Weights));

        Assert.Equal($"{TinyPath} is whole.{Environment.NewLine}", _run.Output);
        Assert.Contains("tiny.onnx 100 %", _run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", _run.Error, StringComparison.Ordinal);
        Assert.Equal(Content, await File.ReadAllBytesAsync(TinyPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_folder_the_weights_go_under_the_data_folder()
    {
        _run.Settings["NeuralMask:DataFolder"] = _run.File("data");

        Assert.Equal(0, await _run.RunAsync("models", "pull", "tiny", "--all"));

        Assert.True(File.Exists(Path.Combine(_run.File("data"), "models", "tiny", "tiny.onnx")));
    }

    [Theory]
    [InlineData("models", "pull", "tny", "There is no model 'tny'; write one of tiny.")]
    [InlineData("models", "pull", "tiny", "The model tiny has no file 'x.onnx'; write one of tiny.onnx.", "--file", "x.onnx")]
    [InlineData("models", "verify", "tny", "There is no model 'tny'; write one of tiny.")]
    [InlineData("models", "verify", "tiny", "run 'neuralmask models pull tiny'")]
    public async Task A_failure_is_one_sentence_and_exit_code_1(string branch, string command, string id, string sentence, params string[] more)
    {
        Assert.Equal(1, await _run.RunAsync([branch, command, id, "--to", _run.Weights, .. more]));

        Assert.Contains(sentence, _run.Error, StringComparison.Ordinal);
        Assert.Single(_run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(_run.Output);
    }

    [Theory]
    [InlineData("models", "pull")]
    [InlineData("models", "pull", "tiny", "--all", "--file", "tiny.onnx")]
    [InlineData("models", "pull", "tiny", "--unknown")]
    [InlineData("models", "push")]
    [InlineData("model")]
    public async Task A_wrong_command_line_is_exit_code_2(params string[] arguments)
    {
        Assert.Equal(2, await _run.RunAsync(arguments));

        Assert.Contains("neuralmask --help", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_is_exit_code_130()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.Equal(130, await _run.RunAsync(cancelled.Token, "models", "pull", "tiny", "--to", _run.Weights));

        Assert.Contains("Cancelled", _run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(TinyPath));
    }

    [Fact]
    public async Task Terms_that_forbid_commercial_use_are_named_until_they_are_accepted()
    {
        _run.Describe("terms", Sha256(Content), Content.Length, commercial: false);

        Assert.Equal(1, await _run.RunAsync("models", "pull", "terms", "--to", _run.Weights));
        Assert.Contains("https://example.org/terms", _run.Error, StringComparison.Ordinal);

        Assert.Equal(0, await _run.RunAsync("models", "pull", "terms", "--to", _run.Weights, "--accept-non-commercial"));
    }

    [Fact]
    public async Task Terms_can_be_accepted_by_a_setting_too()
    {
        _run.Describe("terms", Sha256(Content), Content.Length, commercial: false);
        _run.Settings[ModelProvisioning.AcceptNonCommercialSetting] = "true";

        Assert.Equal(0, await _run.RunAsync("models", "pull", "terms", "--to", _run.Weights));
    }

    [Fact]
    public async Task What_nobody_has_checked_is_pulled_with_record_only_and_recorded()
    {
        var recorder = new Recorder();
        using var run = new CommandRun { Recorder = recorder };
        run.Describe("new", sha256: null, bytes: null);
        await File.WriteAllBytesAsync(run.File("source"), Content, TestContext.Current.CancellationToken);

        Assert.Equal(1, await run.RunAsync("models", "pull", "new", "--to", run.Weights));
        Assert.Contains("--record", run.Error, StringComparison.Ordinal);

        Assert.Equal(0, await run.RunAsync("models", "pull", "new", "--to", run.Weights, "--record"));
        Assert.Equal(["new.onnx"], recorder.Files);
        var record = await File.ReadAllTextAsync(Path.Combine(run.Weights, "new", "new.onnx.record.json"), TestContext.Current.CancellationToken);
        Assert.Contains(Sha256(Content), record, StringComparison.Ordinal);
        Assert.Equal(0, await run.RunAsync("models", "verify", "new", "--to", run.Weights));
    }

    [Fact]
    public async Task Verify_lists_what_is_damaged()
    {
        _run.Describe("other", Sha256(Content), Content.Length);
        await _run.RunAsync("models", "pull", "tiny", "--to", _run.Weights);
        await _run.RunAsync("models", "pull", "other", "--to", _run.Weights);
        Assert.Equal(0, await _run.RunAsync("models", "verify", "--to", _run.Weights));
        await File.WriteAllBytesAsync(TinyPath, [8, 1, 2, 3, 4, 5, 6, 8], TestContext.Current.CancellationToken);

        Assert.Equal(1, await _run.RunAsync("models", "verify", "--to", _run.Weights));

        Assert.StartsWith($"{TinyPath} has the SHA-256 ", _run.Error, StringComparison.Ordinal);
        Assert.Contains("other.onnx is whole.", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_without_models_verifies() =>
        Assert.Equal(0, await _run.RunAsync("models", "verify", "--to", _run.Weights));

    [Fact]
    public async Task List_shows_terms_and_state()
    {
        _run.Describe("terms", sha256: null, bytes: null, commercial: false);
        await _run.RunAsync("models", "pull", "tiny", "--to", _run.Weights);

        Assert.Equal(0, await _run.RunAsync("models", "list", "--to", _run.Weights));

        var tiny = Row("tiny.onnx");
        Assert.Equal(["tiny", "tiny.onnx *", "fp16", "0.0 MB", "X-1.0", "yes", "present"], tiny);
        Assert.Equal(["terms", "terms.onnx *", "fp16", "?", "X-1.0", "no", "missing"], Row("terms.onnx"));
    }

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private string[] Row(string file) => _run.Output
        .Split(Environment.NewLine)
        .Single(line => line.Contains(file, StringComparison.Ordinal))
        .Split(['│', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private sealed class Recorder : IModelRecorder
    {
        public List<string> Files { get; } = [];

        public Task RecordAsync(ModelStore store, ModelManifest manifest, ModelFile file, CancellationToken cancellationToken)
        {
            Files.Add(file.Name);
            return Task.CompletedTask;
        }
    }
}
