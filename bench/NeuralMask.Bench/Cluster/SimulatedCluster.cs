using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NeuralMask.Api;
using NeuralMask.Api.Routing;

namespace NeuralMask.Bench.Cluster;

/// <summary>Two silos with simulated sessions as processes, their members in a real Redis, and a front in this process.</summary>
internal sealed class SimulatedCluster : IAsyncDisposable
{
    private readonly List<ChildProcess> _children = [];
    private readonly WebApplication _front;

    private SimulatedCluster(List<ChildProcess> children, WebApplication front, IReadOnlyList<Uri> silos)
    {
        (_children, _front, Silos) = (children, front, silos);
        Router = front.Services.GetRequiredService<MattingRouter>();
    }

    public const int SiloCount = 2;

    /// <summary>Where the silos tell their metrics.</summary>
    public IReadOnlyList<Uri> Silos { get; }

    public MattingRouter Router { get; }

    public static async Task<SimulatedCluster> Start(string seconds)
    {
        var redis = ChildProcess.FreePort();
        List<ChildProcess> children = [ChildProcess.OfProgram("redis-server", "--port", $"{redis}", "--save", "")];
        string[] cluster = ["--NeuralMask:Cluster", "redis", "--NeuralMask:RedisConnection", $"127.0.0.1:{redis}", "--NeuralMask:SiloPort", "0"];
        var silos = new List<Uri>();
        for (var i = 0; i < SiloCount; i++)
        {
            var address = new Uri($"http://127.0.0.1:{ChildProcess.FreePort()}");
            var silo = ChildProcess.OfAssembly(
                ChildProcess.Assembly("NeuralMask.Silo"),
                [.. cluster, "--NeuralMask:SiloName", $"silo-{i}", "--NeuralMask:Provider", "simulated", "--NeuralMask:SimulatedSeconds", seconds, "--urls", address.ToString()]);
            silo.Ignore();
            children.Add(silo);
            silos.Add(address);
            await silo.UntilReady(address);
        }

        var front = FrontApp.Build([.. cluster, "--NeuralMask:SiloName", "front", "--NeuralMask:LameDuckSeconds", "0", "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning"]);
        await front.StartAsync();
        return new SimulatedCluster(children, front, silos);
    }

    public async ValueTask DisposeAsync()
    {
        await _front.StopAsync();
        await _front.DisposeAsync();
        _children.ForEach(child => child.Dispose());
    }
}
