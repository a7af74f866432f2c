using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Inference.SelfTest;
using NeuralMask.Testing;

namespace NeuralMask.Grains.Tests.Inference;

public sealed class SelfTestGateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ToyGraph.Logits)]
    [InlineData(ToyGraph.Sigmoid)]
    [InlineData(ToyGraph.HalfSigmoid)]
    public void A_manifest_that_fits_its_graph_passes(ToyGraph graph)
    {
        using var session = Open(graph);

        Assert.True(SelfTestGate.Pass(session, CancellationToken.None) > TimeSpan.Zero);
    }

    [Theory]
    [InlineData(ToyGraph.Sigmoid)]
    [InlineData(ToyGraph.HalfSigmoid)]
    public void A_second_sigmoid_is_refused(ToyGraph graph)
    {
        using var session = Open(graph, manifest => manifest with { Output = manifest.Output with { Activation = Activation.Sigmoid } });

        Assert.Contains("background of the product picture", Refusal(session), StringComparison.Ordinal);
    }

    [Fact]
    public void Swapped_channels_are_refused()
    {
        using var session = Open(ToyGraph.Sigmoid, manifest => manifest with { Input = manifest.Input with { Channels = ChannelOrder.Bgr } });

        Assert.Contains("product picture", Refusal(session), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1 / 127.5)]
    [InlineData(1 / 65025.0)]
    public void A_wrong_scale_is_refused(double scale)
    {
        using var session = Open(ToyGraph.Sigmoid, manifest => manifest with { Input = manifest.Input with { Scale = scale } });

        Assert.Contains("product picture", Refusal(session), StringComparison.Ordinal);
    }

    [Fact]
    public void A_recorded_file_passes_again_and_another_one_is_refused()
    {
        var model = ToyModel.Load(_folder.Path, ToyGraph.Sigmoid);
        SelfTestRecord record;
        using (var first = ModelSession.Open(model, 1))
        {
            record = SelfTestGate.Record(first, CancellationToken.None);
        }

        using var same = ModelSession.Open(model with { Record = record }, 1);
        SelfTestGate.Pass(same, CancellationToken.None);

        var blank = SelfTestRecord.Pack(new byte[SelfTestRecord.Grid * SelfTestRecord.Grid]);
        var other = record with { Masks = new Dictionary<string, string>(record.Masks) { ["glass"] = blank } };
        using var differing = ModelSession.Open(model with { Record = other }, 1);
        Assert.Contains("mask of the glass picture differs", Refusal(differing), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_without_one_of_the_pictures_names_the_remedy()
    {
        var model = ToyModel.Load(_folder.Path, ToyGraph.Sigmoid);
        using var session = ModelSession.Open(model with { Record = new SelfTestRecord { Runtime = "0", Masks = new Dictionary<string, string>() } }, 1);

        Assert.Contains("--record", Refusal(session), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pictures_are_the_same_each_time_and_follow_the_size()
    {
        var (first, second) = (SelfTestPicture.DrawAll(64, 48), SelfTestPicture.DrawAll(64, 48));

        Assert.Equal(["product", "hair", "glass"], first.Select(picture => picture.Name));
        foreach (var (a, b) in first.Zip(second))
        {
            Assert.Equal(64 * 48 * 3, a.Rgb.Length);
            Assert.Equal(a.Rgb, b.Rgb);
            Assert.Equal(a.Coverage, b.Coverage);
        }
    }

    private ModelSession Open(ToyGraph graph, Func<ModelManifest, ModelManifest>? change = null) =>
        ModelSession.Open(ToyModel.Load(_folder.Path, graph, change), 1);

    private static string Refusal(ModelSession session) =>
        Assert.Throws<ModelException>(() => SelfTestGate.Pass(session, CancellationToken.None)).Message;
}
