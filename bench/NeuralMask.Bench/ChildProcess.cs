using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NeuralMask.Bench;

/// <summary>A process that the benchmark starts and ends.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int TailLines = 15;
    private readonly Process _process;
    private readonly Queue<string> _tail = new();

    private ChildProcess(string program, IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>CPU seconds so far.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Highest resident memory so far in MiB.</summary>
    public double PeakMiB
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1024.0 / 1024;
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a .NET assembly.</summary>
    public static ChildProcess OfAssembly(string assembly, params string[] arguments) => new("dotnet", [assembly, .. arguments]);

    /// <summary>Starts a program of the system, whose output nobody reads.</summary>
    public static ChildProcess OfProgram(string program, params string[] arguments)
    {
        var child = new ChildProcess(program, arguments);
        child.Ignore();
        return child;
    }

    /// <summary>
    /// An executable of this solution. They are built side by side: &lt;bin&gt;/NeuralMask.Bench/&lt;configuration&gt; and
    /// &lt;bin&gt;/&lt;project&gt;/&lt;configuration&gt;.
    /// </summary>
    public static string Assembly(string project)
    {
        var output = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        return Path.GetFullPath(Path.Combine(output, "..", "..", project, Path.GetFileName(output), $"{project}.dll"));
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until a service says that it is ready.</summary>
    public async Task UntilReady(Uri service)
    {
        using var client = new HttpClient { BaseAddress = service };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/ready", limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!HasExited)
            {
                // Not listening yet.
            }

            await Task.Delay(200, limit.Token);
        }
    }

    /// <summary>Writes a line and waits for the number that answers it.</summary>
    public async Task<double> Ask()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        var answer = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The bare loop ended early.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads what the process prints, so that it never waits for a reader, and keeps the end of it for <see cref="Dispose"/>.</summary>
    public void Ignore()
    {
        _process.OutputDataReceived += (_, line) =>
        {
            lock (_tail)
            {
                _tail.Enqueue(line.Data ?? "");
                if (_tail.Count > TailLines)
                {
                    _tail.Dequeue();
                }
            }
        };
        _process.BeginOutputReadLine();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        else
        {
            // It should have lived until now; what it said last is the best clue.
            lock (_tail)
            {
                Console.Error.WriteLine(string.Join(Environment.NewLine, _tail));
            }
        }

        _process.Dispose();
    }
}
