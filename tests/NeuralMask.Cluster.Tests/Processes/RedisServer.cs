using System.Globalization;
using System.Net.Sockets;

namespace NeuralMask.Cluster.Tests.Processes;

/// <summary>A Redis of the test run's own, in which each deployment has a cluster of its own.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private ChildProcess? _process;

    public int Port { get; } = Ports.Free();

    public string Connection => $"127.0.0.1:{Port}";

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _process = new ChildProcess("redis", Programs.Get("redis-server"), "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
        }
        catch (FileNotFoundException)
        {
            // Each test that needs it says so and is skipped.
            return;
        }

        await Poll.Until(Answers, TimeSpan.FromSeconds(60), "Redis does not listen.");
    }

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
