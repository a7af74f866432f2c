using System.Globalization;
using NeuralMask.Hosting.Models.Fetching;
using Spectre.Console;

namespace NeuralMask.Hosting.Models;

/// <summary>
/// Shows a fetch: a bar with bytes, speed and remaining time where somebody watches, and a plain line each tenth
/// where a log does.
/// </summary>
public static class FetchProgressBar
{
    /// <summary>Runs some work and shows what it reports.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="work">The work; it may report from any thread.</param>
    /// <returns>What the work gives.</returns>
    public static async Task<T> RunAsync<T>(IAnsiConsole console, Func<IProgress<FetchProgress>, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(work);
        if (console.Profile is not { Out.IsTerminal: true, Capabilities: { Interactive: true, Ansi: true } })
        {
            return await work(new Lines(console.Profile.Out.Writer));
        }

        return await console.Progress()
            .AutoClear(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new DownloadedColumn(),
                new TransferSpeedColumn(),
                new RemainingTimeColumn())
            .StartAsync(context => work(new Bars(context)));
    }

    private static string Describe(FetchProgress progress) => progress.Stage switch
    {
        FetchStage.Waiting => $"{progress.File}: waiting for {progress.Source}",
        FetchStage.Unpacking => $"{progress.File}: unpacking",
        _ => progress.File,
    };

    /// <summary>One bar a file and stage.</summary>
    private sealed class Bars(ProgressContext context) : IProgress<FetchProgress>
    {
        private readonly Lock _gate = new();
        private (string File, string Source, FetchStage Stage) _shown;
        private ProgressTask? _task;

        public void Report(FetchProgress value)
        {
            lock (_gate)
            {
                var key = (value.File, value.Source, value.Stage);
                if (_task is null || key != _shown)
                {
                    _task?.StopTask();
                    _shown = key;
                    _task = context.AddTask(Markup.Escape(Describe(value)));

                    // Bytes of an earlier try were not fetched now and must not count as speed.
                    _task.Value = value.Done;
                }

                _task.IsIndeterminate = value.Total is null;
                _task.MaxValue = value.Total ?? Math.Max(1, value.Done);
                _task.Value = value.Done;
            }
        }
    }

    /// <summary>A line for the first report of a stage and for each further tenth, or each 50 MB of unknown many.</summary>
    private sealed class Lines(TextWriter writer) : IProgress<FetchProgress>
    {
        private const long UnknownStep = 50_000_000;

        private readonly Lock _gate = new();
        private (string File, string Source, FetchStage Stage) _shown;
        private long _step = -1;

        public void Report(FetchProgress value)
        {
            lock (_gate)
            {
                var key = (value.File, value.Source, value.Stage);
                var step = value.Total is > 0 and { } whole ? value.Done * 10 / whole : value.Done / UnknownStep;
                if (key == _shown && step <= _step)
                {
                    return;
                }

                (_shown, _step) = (key, step);
                writer.WriteLine(Line(value));
                writer.Flush();
            }
        }

        private static string Line(FetchProgress value) => value switch
        {
            { Stage: FetchStage.Waiting } => Describe(value),
            { Total: { } total and > 0 } => $"{Describe(value)} {value.Done * 100 / total} % ({Megabytes(value.Done)} of {Megabytes(total)} MB) from {value.Source}",
            _ => $"{Describe(value)} {Megabytes(value.Done)} MB from {value.Source}",
        };

        private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
    }
}
