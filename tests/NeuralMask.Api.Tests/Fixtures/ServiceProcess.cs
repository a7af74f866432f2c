using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>The built executable in a process of its own, as an operator starts it.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly string[] OwnVariables = ["MODEL_PATH", "MAX_WORKERS", "LOG_LEVEL", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "HTTP_PORTS", "URLS"];
    private readonly System.Diagnostics.Process _process;
    private readonly List<string> _lines = [];

    private ServiceProcess(ProcessStartInfo start)
    {
        _process = new System.Diagnostics.Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The runtime's own launcher.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>The service as it was built beside these tests.</summary>
    public static string Executable { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "NeuralMask.Api", new DirectoryInfo(AppContext.BaseDirectory).Name, "NeuralMask.Api.dll"));

    /// <summary>What it wrote so far on both streams, without blank lines.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public string Output => string.Join(Environment.NewLine, Lines);

    /// <summary>Starts the service with nothing set but what is given.</summary>
    public static ServiceProcess Start(IEnumerable<(string Variable, string Value)> environment, params string[] arguments) =>
        Run(Dotnet, [Executable, .. arguments], environment);

    /// <summary>Starts any program in the service's place.</summary>
    public static ServiceProcess Run(string program, IEnumerable<string> arguments, IEnumerable<(string Variable, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("NeuralMask", StringComparison.OrdinalIgnoreCase) || OwnVariables.Contains(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        return new ServiceProcess(start);
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits for the process to end by itself, and for all that it wrote.</summary>
    public async Task<int> Ends()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public Task BecomesReady(HttpClient client) => Eventually.True(
        async () =>
        {
            Assert.False(_process.HasExited, $"the service ended: {Output}");
            try
            {
                using var ready = await client.GetAsync("/ready", TestContext.Current.CancellationToken);
                return ready.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        "the service did not become ready");

    /// <summary>Asks the process to end as an orchestrator does.</summary>
    public async Task<int> Stop()
    {
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await Ends();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
