using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class ShippedManifestTests
{
    [Fact]
    public void Every_shipped_manifest_is_read_and_lies_beside_the_executable() => Assert.Equal(
        ["birefnet-general", "birefnet-lite", "isnet-general-use", "modnet", "rmbg-1.4", "rmbg-2.0", "u2netp"],
        ModelCatalog.Shipped().All.Select(manifest => manifest.Id));

    [Fact]
    public void The_default_model_takes_raw_bytes_and_gives_alpha()
    {
        var manifest = ModelCatalog.Shipped().Get("isnet-general-use");

        Assert.Equal(1, manifest.Input.Scale);
        Assert.Equal([128, 128, 128], manifest.Input.Mean);
        Assert.Equal([256, 256, 256], manifest.Input.Std);
        Assert.Equal(Activation.None, manifest.Output.Activation);
        Assert.Equal(ModelPrecision.Fp16, ModelCatalog.GetFile(manifest, null).Precision);
        Assert.All(manifest.Files, file => Assert.True(file.Verified));
    }

    [Fact]
    public void Integer_weights_are_for_the_cpu_only() => Assert.All(
        ModelCatalog.Shipped().All.SelectMany(manifest => manifest.Files).Where(file => file.Precision == ModelPrecision.Int8),
        file => Assert.Equal(["cpu"], file.Providers));

    [Theory]
    [InlineData("rmbg-2.0")]
    [InlineData("rmbg-1.4")]
    public void Models_with_non_commercial_terms_say_so(string id)
    {
        var licence = ModelCatalog.Shipped().Get(id).Licence;

        Assert.False(licence.Commercial);
        Assert.False(licence.MayBeResold);
    }

    [Fact]
    public void A_hash_that_nobody_checked_is_not_claimed() => Assert.All(
        ModelCatalog.Shipped().All.SelectMany(manifest => manifest.Files).Where(file => !file.Verified),
        file => Assert.Null(file.Sha256));
}
