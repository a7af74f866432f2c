using System.Diagnostics;
using System.Globalization;

namespace NeuralMask.Bench.WholePath;

/// <summary>A process that the benchmark starts and ends.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    public ChildProcess(string assembly, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
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

    /// <summary>Writes a line and waits for the number that answers it.</summary>
    public async Task<double> Ask()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        var answer = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The bare loop ended early.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads what the process prints and drops it, so that it never waits for a reader.</summary>
    public void Ignore()
    {
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
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
}
