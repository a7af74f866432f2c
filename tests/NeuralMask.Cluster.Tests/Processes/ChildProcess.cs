using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NeuralMask.Cluster.Tests.Processes;

/// <summary>A process that a test starts and ends, by its own id, and whose words are kept for when the test fails.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int KeptLines = 100;

    // Stack traces of the runtime are on the same line as what happened.
    private const int KeptCharacters = 240;
    private const int Terminating = 15;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Process _process;

    public ChildProcess(string name, string file, params IEnumerable<string> arguments)
    {
        Name = name;
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Small processes on few processors: what servers with many cores gain by is memory and threads here.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>The last of what it has said.</summary>
    public IReadOnlyList<string> Log => [.. _log];

    /// <summary>Ends it as a power cut would: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks it to stop as an orchestrator does: SIGTERM.</summary>
    public void Terminate()
    {
        if (!_process.HasExited && Signal(_process.Id, Terminating) != 0)
        {
            throw new InvalidOperationException($"{Name} could not be sent a signal: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> Exit(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Name} did not end within {limit.TotalSeconds:0} s.");
        }

        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is { Length: > 0 })
        {
            _log.Enqueue(line.Length > KeptCharacters ? line[..KeptCharacters] : line);
            if (_log.Count > KeptLines)
            {
                _log.TryDequeue(out _);
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Signal(int process, int signal);
}
