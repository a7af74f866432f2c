using System.Net;
using System.Net.Sockets;
using NeuralMask.Api.Tests.Fixtures;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Testing;

namespace NeuralMask.Api.Tests.Startup;

/// <summary>What an operator reads when the service cannot start: one sentence with the remedy, and exit code 1.</summary>
public sealed class StartFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("MAX_WORKERS", "abc", "MAX_WORKERS", "1 to 64")]
    [InlineData("MAX_WORKERS", "0", "MAX_WORKERS", "1 to 64")]
    [InlineData("MAX_WORKERS", "65", "MAX_WORKERS", "1 to 64")]
    [InlineData("LOG_LEVEL", "LOUD", "LOG_LEVEL", "WARNING")]
    [InlineData("NeuralMask__Anonymous", "everyone", "NeuralMask:Anonymous", "loopback, any or off")]
    [InlineData("NeuralMask__MaxMegapixels", "0", "NeuralMask:MaxMegapixels", "1 to 250")]
    [InlineData("NeuralMask__MaxMegapixels", "many", "NeuralMask:MaxMegapixels", "many")]
    [InlineData("NeuralMask__DeadlineSeconds", "0.1", "NeuralMask:DeadlineSeconds", "1 to 600")]
    [InlineData("NeuralMask__MaxQueueSeconds", "0", "NeuralMask:MaxQueueSeconds", "3600")]
    public async Task A_wrong_setting(string variable, string value, params string[] says)
    {
        ToyModel.Write(_folder.Path, ToyGraph.Sigmoid);

        await Ends([(variable, value)], says);
    }

    [Fact]
    public Task A_model_folder_that_is_not_there() =>
        Ends([("MODEL_PATH", _folder.Under("nowhere"))], "MODEL_PATH", _folder.Under("nowhere"), "no such folder");

    [Fact]
    public Task A_model_folder_without_a_model() => Ends([], "MODEL_PATH", _folder.Path, "model.json");

    [Theory]
    [InlineData(-100)]
    [InlineData(0)]
    public async Task Weights_that_are_not_whole(int longer)
    {
        ToyModel.Write(_folder.Path, ToyGraph.Sigmoid);
        var file = _folder.Under(ToyModel.FileName);
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[^60] ^= 1;
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length + longer)], TestContext.Current.CancellationToken);

        await Ends([], file, longer == 0 ? "SHA-256" : "bytes long", "neuralmask models pull toy");
    }

    [Fact]
    public async Task Weights_that_are_missing()
    {
        ToyModel.Write(_folder.Path, ToyGraph.Sigmoid);
        File.Delete(_folder.Under(ToyModel.FileName));

        await Ends([], _folder.Under(ToyModel.FileName), "is missing", "neuralmask models pull toy");
    }

    [Fact]
    public async Task A_manifest_that_applies_the_activation_twice()
    {
        ToyModel.Write(_folder.Path, ToyGraph.Sigmoid, manifest => manifest with { Output = manifest.Output with { Activation = Activation.Sigmoid } });

        await Ends([], "toy (toy.onnx) failed its self-test", "activation");
    }

    [Fact]
    public async Task A_port_that_is_taken()
    {
        ToyModel.Write(_folder.Path, ToyGraph.Sigmoid);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        await using var service = ServiceProcess.Start([("MODEL_PATH", _folder.Path)], "--urls", url);

        await SaysOnce(service, url, "--urls");
    }

    private async Task Ends(IEnumerable<(string, string)> environment, params string[] says)
    {
        await using var service = ServiceProcess.Start([("MODEL_PATH", _folder.Path), .. environment], "--urls", $"http://127.0.0.1:{ServiceProcess.FreePort()}");

        await SaysOnce(service, says);
    }

    private static async Task SaysOnce(ServiceProcess service, params string[] says)
    {
        Assert.Equal(1, await service.Ends());

        // A warning before it may help; nothing may stand between the operator and the one sentence.
        var line = Assert.Single(service.Lines, line => !line.Contains(" warn: ", StringComparison.Ordinal));
        Assert.All(says, part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", service.Output, StringComparison.Ordinal);
    }
}
