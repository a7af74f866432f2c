using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Testing;

namespace NeuralMask.Grains.Tests.Inference;

public sealed class ModelSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_not_a_model_names_itself_and_the_remedy()
    {
        var model = ToyModel.Load(_folder.Path, ToyGraph.Sigmoid);
        File.WriteAllText(model.Path, "<html>not found</html>");

        var message = Assert.Throws<ModelException>(() => ModelSession.Open(model, 1)).Message;
        Assert.Contains(model.Path, message, StringComparison.Ordinal);
        Assert.Contains("neuralmask models pull toy", message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<ModelManifest, ModelManifest>> Misfits => new()
    {
        { "input.name", manifest => manifest with { Input = manifest.Input with { Name = "pixels" } } },
        { "output.name", manifest => manifest with { Output = manifest.Output with { Name = "alpha" } } },
        { "output.index", manifest => manifest with { Output = manifest.Output with { Name = null, Index = 3 } } },
        { "input.type", manifest => manifest with { Input = manifest.Input with { Type = TensorType.Float16 } } },
        { "output.type", manifest => manifest with { Output = manifest.Output with { Type = TensorType.Float16 } } },
        { "input shape", manifest => manifest with { Input = manifest.Input with { Width = 256 } } },
        { "input shape", manifest => manifest with { Input = manifest.Input with { Layout = TensorLayout.Nhwc } } },
        { "output shape", manifest => manifest with { Output = manifest.Output with { Height = 96 } } },
        { "output shape", manifest => manifest with { Output = manifest.Output with { Classes = 4, Activation = Activation.Softmax } } },
    };

    [Theory]
    [MemberData(nameof(Misfits), DisableDiscoveryEnumeration = true)]
    public void A_manifest_that_does_not_fit_its_graph_is_refused_by_field(string field, Func<ModelManifest, ModelManifest> change)
    {
        var model = ToyModel.Load(_folder.Path, ToyGraph.Sigmoid, change);

        var message = Assert.Throws<ModelException>(() => ModelSession.Open(model, 1)).Message;
        Assert.Contains(field, message, StringComparison.Ordinal);
        Assert.Contains(model.Path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_may_be_left_to_the_graph()
    {
        var model = ToyModel.Load(_folder.Path, ToyGraph.Sigmoid, manifest => manifest with
        {
            Input = manifest.Input with { Name = null },
            Output = manifest.Output with { Name = null, Index = -1 },
        });

        using var session = ModelSession.Open(model, 1);
        Assert.Equal((128, 128), (session.Run(new byte[128 * 128 * 3], 128, 128, CancellationToken.None) is var mask ? (mask.Width, mask.Height) : default));
    }

    [Theory]
    [InlineData(127, 128, 127 * 128 * 3)]
    [InlineData(128, 128, 100)]
    public void A_canvas_of_another_size_never_reaches_the_network(int width, int height, int bytes)
    {
        using var session = ModelSession.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), 1);

        Assert.Throws<ArgumentException>(() => session.Run(new byte[bytes], width, height, CancellationToken.None));
    }

    [Fact]
    public void A_session_that_is_cancelled_runs_nothing()
    {
        using var session = ModelSession.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), 1);

        Assert.ThrowsAny<OperationCanceledException>(() => session.Run(new byte[128 * 128 * 3], 128, 128, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void An_output_that_is_not_a_number_is_a_failure_and_not_a_black_picture()
    {
        var model = ToyModel.Load(_folder.Path, ToyGraph.Sigmoid);
        var input = model.Manifest.Input with { Mean = [double.NaN, 0, 0] };
        model = model with { Manifest = model.Manifest with { Input = input } };

        using var session = ModelSession.Open(model, 1);
        Assert.Contains("not numbers", Assert.Throws<ModelException>(() => session.Run(new byte[128 * 128 * 3], 128, 128, CancellationToken.None)).Message, StringComparison.Ordinal);
    }
}
