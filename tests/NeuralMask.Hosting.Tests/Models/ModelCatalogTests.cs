using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class ModelCatalogTests
{
    [Theory]
    [InlineData("ISNET-general-use")]
    [InlineData("../models/isnet-general-use")]
    [InlineData("isnet-general-use/")]
    [InlineData("")]
    public void Only_the_exact_id_finds_a_model(string id) => Assert.Null(ModelCatalog.Shipped().Find(id));

    [Fact]
    public void An_unknown_id_is_answered_with_those_that_are_known()
    {
        var error = Assert.Throws<ModelException>(() => ModelCatalog.Shipped().Get("isnet"));

        Assert.Contains("isnet-general-use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_file_is_answered_with_those_that_are_known()
    {
        var manifest = ModelCatalog.Shipped().Get("isnet-general-use");

        var error = Assert.Throws<ModelException>(() => ModelCatalog.GetFile(manifest, "isnet.onnx"));

        Assert.Contains("isnet-fp16.onnx, isnet-quint8.onnx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_another_name_than_the_id_is_refused()
    {
        using var folder = new TemporaryFolder();
        var model = Directory.CreateDirectory(folder.File("other"));
        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "models", "u2netp", "model.json"),
            Path.Combine(model.FullName, "model.json"));

        var error = Assert.Throws<ModelException>(() => ModelCatalog.Read(folder.Path));

        Assert.Contains("id is 'u2netp' but the folder is 'other'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<ModelException>(() => ModelCatalog.Read(folder.File("none")));

        Assert.Contains(folder.File("none"), error.Message, StringComparison.Ordinal);
    }
}
