using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;
using Spectre.Console;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class ModelProvisioningTests : IDisposable
{
    private static readonly byte[] Content = TestModel.Content(1000);

    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;
    private readonly StringWriter _log = new();
    private readonly ModelFetcher _fetcher = new();

    public ModelProvisioningTests()
    {
        _store = new ModelStore(_folder.File("models"));
        File.WriteAllBytes(_folder.File("source"), Content);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ModelSource Source => new() { File = _folder.File("source") };

    public void Dispose()
    {
        _fetcher.Dispose();
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task A_missing_file_is_fetched_where_that_is_allowed()
    {
        var path = await Provisioning(TestModel.Of(Content, Source)).EnsureAsync("tiny", null, mayFetch: true, Stop);

        Assert.Equal(Content, await File.ReadAllBytesAsync(path, Stop));
        Assert.Contains("tiny.onnx 100 %", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_named_with_the_command_where_fetching_is_not_allowed()
    {
        var error = await Assert.ThrowsAsync<ModelException>(
            () => Provisioning(TestModel.Of(Content, Source)).EnsureAsync("tiny", null, mayFetch: false, Stop));

        Assert.Contains("tiny.onnx is missing; run 'neuralmask models pull tiny'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_present_file_is_given_without_a_word()
    {
        var provisioning = Provisioning(TestModel.Of(Content, Source));
        await provisioning.EnsureAsync("tiny", null, mayFetch: true, Stop);
        _log.GetStringBuilder().Clear();

        await provisioning.EnsureAsync("tiny", TestModel.FileName, mayFetch: false, Stop);

        Assert.Empty(_log.ToString());
    }

    [Fact]
    public async Task What_nobody_has_checked_is_fetched_only_to_be_recorded()
    {
        var manifest = TestModel.Unverified(Source);
        var recorder = new Recorder();
        var provisioning = Provisioning(manifest, recorder: recorder);
        var error = await Assert.ThrowsAsync<ModelException>(() => provisioning.EnsureAsync("tiny", null, mayFetch: true, Stop));
        Assert.Contains("neuralmask models pull tiny --record", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, recorder.Calls);

        await provisioning.PullAsync(manifest, manifest.Files[0], record: true, Stop);
        await provisioning.EnsureAsync("tiny", null, mayFetch: false, Stop);

        Assert.Equal(1, recorder.Calls);
        Assert.Equal(TestModel.Sha256(Content), (await _store.ReadRecordAsync(manifest, TestModel.FileName, Stop))?.Sha256);
    }

    [Fact]
    public async Task A_file_put_there_by_hand_is_recorded_without_fetching_it()
    {
        var manifest = TestModel.Unverified(new ModelSource { File = "/nowhere" });
        Directory.CreateDirectory(_store.FolderOf(manifest));
        await File.WriteAllBytesAsync(_store.PathOf(manifest, TestModel.FileName), Content, Stop);

        await Provisioning(manifest).PullAsync(manifest, manifest.Files[0], record: true, Stop);

        Assert.Equal(ModelFileState.Present, (await _store.InspectAsync(manifest, manifest.Files[0], Stop)).State);
    }

    [Fact]
    public async Task Terms_that_forbid_commercial_use_have_to_be_accepted()
    {
        var manifest = TestModel.Of(Content, Source);
        manifest = manifest with { Licence = manifest.Licence with { Commercial = false } };

        var error = await Assert.ThrowsAsync<ModelException>(() => Provisioning(manifest).EnsureAsync("tiny", null, mayFetch: true, Stop));
        Assert.Contains(manifest.Licence.WeightsUrl, error.Message, StringComparison.Ordinal);
        Assert.Contains("--accept-non-commercial", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_store.Root));

        Assert.True(File.Exists(await Provisioning(manifest, accept: true).EnsureAsync("tiny", null, mayFetch: true, Stop)));
    }

    private ModelProvisioning Provisioning(ModelManifest manifest, bool accept = false, IModelRecorder? recorder = null) => new(
        new ModelCatalog([manifest]),
        _store,
        _fetcher,
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_log) }))
    {
        AcceptNonCommercial = accept,
        Recorder = recorder,
    };

    private sealed class Recorder : IModelRecorder
    {
        public int Calls { get; private set; }

        public async Task RecordAsync(ModelStore store, ModelManifest manifest, ModelFile file, CancellationToken cancellationToken)
        {
            Assert.NotNull(await store.ReadRecordAsync(manifest, file.Name, cancellationToken));
            Calls++;
        }
    }
}
