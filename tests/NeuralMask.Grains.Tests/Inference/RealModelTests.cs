using System.Text.Json;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Inference.SelfTest;
using NeuralMask.Testing;

namespace NeuralMask.Grains.Tests.Inference;

/// <summary>The gate on the weights that are served by default, against the masks that are shipped for them.</summary>
public sealed class RealModelTests
{
    [Theory]
    [InlineData("isnet-fp16.onnx")]
    [InlineData("isnet-quint8.onnx")]
    public void The_shipped_manifest_and_masks_pass(string file)
    {
        using var session = Open(file);

        SelfTestGate.Pass(session, CancellationToken.None);
    }

    public static TheoryData<string, Func<ModelManifest, ModelManifest>> Mistakes => new()
    {
        { "a second sigmoid", manifest => manifest with { Output = manifest.Output with { Activation = Activation.Sigmoid } } },
        { "swapped channels", manifest => manifest with { Input = manifest.Input with { Channels = ChannelOrder.Bgr } } },
        { "ImageNet's mean and deviation", manifest => manifest with { Input = manifest.Input with { Scale = 1 / 255.0, Mean = [0.485, 0.456, 0.406], Std = [0.229, 0.224, 0.225] } } },
        { "the scale applied twice", manifest => manifest with { Input = manifest.Input with { Scale = 1 / 255.0 } } },
        { "no division", manifest => manifest with { Input = manifest.Input with { Std = [1, 1, 1] } } },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_in_the_manifest_is_refused(string mistake, Func<ModelManifest, ModelManifest> change)
    {
        using var session = Open("isnet-fp16.onnx", change);

        Assert.Contains("failed its self-test", Assert.Throws<ModelException>(() => SelfTestGate.Pass(session, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.NotEmpty(mistake);
    }

    private static ModelSession Open(string file, Func<ModelManifest, ModelManifest>? change = null)
    {
        var weights = TestData.Weights(file);
        Assert.SkipWhen(weights is null, TestData.ModelsMissing);
        var shipped = Path.Combine(AppContext.BaseDirectory, "models", "isnet-general-use");
        var manifest = ModelManifestReader.Read(Path.Combine(shipped, "model.json"));
        using var record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(shipped, file + ".record.json")));
        var masks = record.RootElement.GetProperty("selfTest").Deserialize<SelfTestRecord>(JsonSerializerOptions.Web);
        return ModelSession.Open(
            new LoadedModel(change?.Invoke(manifest) ?? manifest, manifest.Files.First(f => f.Name == file), weights!, masks),
            Environment.ProcessorCount);
    }
}
