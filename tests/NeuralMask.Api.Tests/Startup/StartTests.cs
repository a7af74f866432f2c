using NeuralMask.Api.Tests.Fixtures;
using NeuralMask.Testing;

namespace NeuralMask.Api.Tests.Startup;

/// <summary>A good start of the executable with the three environment variables that deployments are written with.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("2", "INFO", true)]
    [InlineData("2", "ERROR", false)]
    public async Task The_model_the_sessions_and_the_log_are_as_they_were_asked_for(string? workers, string? level, bool talks)
    {
        ToyModel.Write(_folder.Path, ToyGraph.Logits);
        var port = ServiceProcess.FreePort();
        var environment = new[] { ("MODEL_PATH", _folder.Path), ("MAX_WORKERS", workers), ("LOG_LEVEL", level) }
            .Where(pair => pair.Item2 is not null)
            .Select(pair => (pair.Item1, pair.Item2!));
        await using var service = ServiceProcess.Start(environment, "--urls", $"http://127.0.0.1:{port}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await service.BecomesReady(client);

        var disc = Drawn.Middle(160, 120);
        disc.IsKeptIn((await client.Process(disc.Png())).Png());
        Assert.Equal(0, await service.Stop());

        if (talks)
        {
            var warm = Assert.Single(service.Lines, line => line.Contains(" info: ", StringComparison.Ordinal) && line.Contains("is warm", StringComparison.Ordinal));
            Assert.Contains("Model toy (toy.onnx)", warm, StringComparison.Ordinal);
            Assert.Contains($" {workers ?? "1"} session(s)", warm, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(service.Lines);
        }
    }

    [Fact]
    public async Task Weights_may_be_links_as_caches_and_mounted_volumes_have_them()
    {
        ToyModel.Write(_folder.Under("store"), ToyGraph.Sigmoid);
        Directory.CreateDirectory(_folder.Under("model"));
        foreach (var name in new[] { "model.json", ToyModel.FileName })
        {
            File.CreateSymbolicLink(_folder.Under("model", name), Path.Combine("..", "store", name));
        }

        await using var front = await Front.Start($"NeuralMask:ModelPath={_folder.Under("model")}");
        var disc = Drawn.Middle(160, 120);
        disc.IsKeptIn((await front.Client.Process(disc.Png())).Png());
    }
}
