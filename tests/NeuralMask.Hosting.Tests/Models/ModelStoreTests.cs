using System.Text.Json.Nodes;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private static readonly byte[] Content = TestModel.Content(1000);

    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;

    public ModelStoreTests() => _store = new ModelStore(_folder.Path);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_not_there_is_missing() =>
        Assert.Equal(ModelFileState.Missing, (await InspectAsync(TestModel.Of(Content))).State);

    [Fact]
    public async Task What_has_the_right_hash_is_present()
    {
        await WriteAsync(Content);

        Assert.Equal(ModelFileState.Present, (await InspectAsync(TestModel.Of(Content))).State);
    }

    [Fact]
    public async Task One_flipped_bit_is_damage_and_both_hashes_are_named()
    {
        var flipped = Content.ToArray();
        flipped[500] ^= 1;
        await WriteAsync(flipped);

        var status = await InspectAsync(TestModel.Of(Content));

        Assert.Equal(ModelFileState.Damaged, status.State);
        Assert.Contains(TestModel.Sha256(Content), status.Detail, StringComparison.Ordinal);
        Assert.Contains(TestModel.Sha256(flipped), status.Detail, StringComparison.Ordinal);
        Assert.Contains("neuralmask models pull tiny", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shorter_file_is_damage()
    {
        await WriteAsync(Content[..999]);

        var status = await InspectAsync(TestModel.Of(Content));

        Assert.Equal(ModelFileState.Damaged, status.State);
        Assert.Contains("is 999 bytes long instead of 1000", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_has_checked_counts_only_once_it_is_recorded()
    {
        var manifest = TestModel.Unverified();
        await WriteAsync(Content);
        Assert.Equal(ModelFileState.Unrecorded, (await InspectAsync(manifest)).State);

        await _store.RecordAsync(manifest, ModelBlob.Of(manifest.Files[0])[0], Stop);
        Assert.Equal(ModelFileState.Present, (await InspectAsync(manifest)).State);

        await WriteAsync(TestModel.Content(1000, seed: 2));
        Assert.Equal(ModelFileState.Damaged, (await InspectAsync(manifest)).State);
    }

    [Fact]
    public async Task A_missing_data_file_makes_the_model_missing()
    {
        var whole = TestModel.Of(Content);
        var data = new ModelDataFile { Name = "tiny.data", Bytes = 1000, Sha256 = TestModel.Sha256(Content), Sources = [] };
        var manifest = whole with { Files = [whole.Files[0] with { Data = [data] }] };
        await WriteAsync(Content);

        var status = await InspectAsync(manifest);

        Assert.Equal(ModelFileState.Missing, status.State);
        Assert.Equal(_store.PathOf(manifest, "tiny.data"), status.Path);
    }

    [Fact]
    public async Task What_the_self_test_wrote_survives_recording_the_same_bytes_and_no_others()
    {
        var manifest = TestModel.Unverified();
        var blob = ModelBlob.Of(manifest.Files[0])[0];
        await WriteAsync(Content);
        var record = await _store.RecordAsync(manifest, blob, Stop);
        var selfTest = new JsonObject { ["product"] = "abc" };
        await _store.WriteRecordAsync(manifest, blob.Name, record with { SelfTest = selfTest }, Stop);

        var same = await _store.RecordAsync(manifest, blob, Stop);
        Assert.Equal("abc", same.SelfTest?["product"]?.GetValue<string>());
        Assert.Equal("abc", (await _store.ReadRecordAsync(manifest, blob.Name, Stop))?.SelfTest?["product"]?.GetValue<string>());

        await WriteAsync(TestModel.Content(1000, seed: 2));
        Assert.Null((await _store.RecordAsync(manifest, blob, Stop)).SelfTest);
    }

    [Fact]
    public async Task An_unreadable_record_is_named_with_what_to_do()
    {
        var manifest = TestModel.Unverified();
        await WriteAsync(Content);
        await File.WriteAllTextAsync(_store.RecordPathOf(manifest, TestModel.FileName), "{", Stop);

        var error = await Assert.ThrowsAsync<ModelException>(() => InspectAsync(manifest));

        Assert.Contains("tiny.onnx.record.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("--record", error.Message, StringComparison.Ordinal);
    }

    private Task<ModelFileStatus> InspectAsync(ModelManifest manifest) => _store.InspectAsync(manifest, manifest.Files[0], Stop);

    private async Task WriteAsync(byte[] content)
    {
        Directory.CreateDirectory(_folder.File("tiny"));
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "tiny", TestModel.FileName), content, Stop);
    }
}
