using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class FileSourceTests : IDisposable
{
    private static readonly byte[] Content = TestModel.Content(1000);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_this_machine_is_copied()
    {
        var source = _folder.File("source.onnx");
        await File.WriteAllBytesAsync(source, Content, TestContext.Current.CancellationToken);

        var path = await FetchAsync(source);

        Assert.Equal(Content, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(source));
    }

    [Fact]
    public async Task Environment_variables_in_the_path_are_expanded()
    {
        await File.WriteAllBytesAsync(_folder.File("source.onnx"), Content, TestContext.Current.CancellationToken);
        var variable = "NEURALMASK_TEST_" + Path.GetRandomFileName().Replace('.', '_');
        Environment.SetEnvironmentVariable(variable, _folder.Path);

        try
        {
            await FetchAsync($"%{variable}%/source.onnx");
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Theory]
    [InlineData("source.onnx", "source.onnx is not an absolute path")]
    [InlineData("/nowhere/source.onnx", "/nowhere/source.onnx cannot be read")]
    public async Task A_path_that_gives_nothing_is_named(string source, string words)
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(source));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private async Task<string> FetchAsync(string source)
    {
        using var fetcher = new ModelFetcher();
        var manifest = TestModel.Of(Content, new ModelSource { File = source });
        return await fetcher.FetchAsync(
            new ModelStore(_folder.File("models")), manifest, manifest.Files[0], record: false, null, TestContext.Current.CancellationToken);
    }
}
