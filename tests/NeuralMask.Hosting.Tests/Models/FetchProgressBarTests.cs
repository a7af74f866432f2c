using System.Text;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;
using Spectre.Console;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class FetchProgressBarTests
{
    [Fact]
    public async Task A_log_gets_one_plain_line_each_tenth()
    {
        using var writer = new StringWriter();

        await RunAsync(new AnsiConsoleOutput(writer), progress =>
        {
            for (var done = 0; done <= 1000; done++)
            {
                progress.Report(new FetchProgress(FetchStage.Fetching, "[tiny].onnx", "here", done * 100_000L, 100_000_000));
            }
        });

        var lines = writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(11, lines.Length);
        Assert.Equal("[tiny].onnx 30 % (30.0 of 100.0 MB) from here", lines[3]);
        Assert.DoesNotContain("\u001b", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_is_told_of_waiting_and_of_unknown_sizes()
    {
        using var writer = new StringWriter();

        await RunAsync(new AnsiConsoleOutput(writer), progress =>
        {
            progress.Report(new FetchProgress(FetchStage.Waiting, "tiny.onnx", "another process", 0, null));
            progress.Report(new FetchProgress(FetchStage.Fetching, "tiny.onnx", "here", 60_000_000, null));
        });

        Assert.Equal(
            ["tiny.onnx: waiting for another process", "tiny.onnx 60.0 MB from here"],
            writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_terminal_gets_a_bar()
    {
        using var writer = new StringWriter();

        await RunAsync(new Terminal(writer), progress =>
            progress.Report(new FetchProgress(FetchStage.Fetching, "[tiny].onnx", "here", 100_000_000, 100_000_000)));

        Assert.Contains("[tiny].onnx", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("100%", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("\u001b", writer.ToString(), StringComparison.Ordinal);
    }

    private static Task<int> RunAsync(IAnsiConsoleOutput output, Action<IProgress<FetchProgress>> report)
    {
        // Said outright what the terminal can do, so that it does not depend on the one that runs the test.
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = output,
        });
        return FetchProgressBar.RunAsync(console, progress =>
        {
            report(progress);
            return Task.FromResult(0);
        });
    }

    private sealed class Terminal(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 120;

        public int Height => 40;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
