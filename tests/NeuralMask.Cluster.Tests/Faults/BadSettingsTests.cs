using NeuralMask.Cluster.Tests.Processes;

namespace NeuralMask.Cluster.Tests.Faults;

public sealed class BadSettingsTests
{
    [Theory]
    [InlineData("NeuralMask.Api", "NeuralMask:RedisConnection is not set", "--NeuralMask:Cluster", "redis")]
    [InlineData("NeuralMask.Silo", "NeuralMask:RedisConnection is not set", "--NeuralMask:Cluster", "redis")]
    [InlineData("NeuralMask.Silo", "NeuralMask:Cluster is standalone")]
    [InlineData("NeuralMask.Api", "NeuralMask:Provider is \"tpu\"", "--NeuralMask:Provider", "tpu")]
    [InlineData("NeuralMask.Api", "NeuralMask:Cluster is \"zookeeper\"", "--NeuralMask:Cluster", "zookeeper")]
    [InlineData("NeuralMask.Silo", "NeuralMask:AdvertisedAddress is \"here\"", "--NeuralMask:Cluster", "redis", "--NeuralMask:RedisConnection", "127.0.0.1:1", "--NeuralMask:AdvertisedAddress", "here")]
    public async Task A_wrong_setting_ends_the_start_with_one_sentence(string project, string sentence, params string[] arguments)
    {
        using var process = new ChildProcess(project, "dotnet", [Programs.Assembly(project), "--urls", $"http://127.0.0.1:{Ports.Free()}", .. arguments]);

        Assert.Equal(1, await process.Exit(TimeSpan.FromSeconds(60)));
        var line = Assert.Single(process.Log);
        Assert.StartsWith(sentence, line, StringComparison.Ordinal);
    }
}
