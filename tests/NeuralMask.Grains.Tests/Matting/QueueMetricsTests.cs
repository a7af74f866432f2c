using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Providers;
using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting;
using NeuralMask.Hosting.Metrics;
using NeuralMask.Testing;
using Prometheus;

namespace NeuralMask.Grains.Tests.Matting;

public sealed class QueueMetricsTests : IDisposable
{
    private static readonly string[] Gauges = ["neural_mask_queue_length", "neural_mask_queue_work_seconds", "neural_mask_ongoing_requests", "neural_mask_session_busy_ratio"];
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly SiloSessions _sessions;
    private readonly SiloQueue _queue;

    public QueueMetricsTests()
    {
        var options = Options.Create(new InferenceOptions());
        _sessions = Made.Sessions(new SimulatedSessionOpener(options), _clock);
        _queue = new SiloQueue(_sessions, options, _clock);
        _ = new QueueMetrics(_registry, _queue, _sessions, _clock);
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Gauges_exist_only_while_the_silo_takes_pictures()
    {
        var before = await Scrape();
        Assert.All(Gauges, gauge => Assert.False(before.ContainsKey(gauge)));
        Assert.DoesNotContain(before.Keys, series => series.StartsWith("neural_mask_model_ready{", StringComparison.Ordinal));

        _sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);
        var warm = await Scrape();
        Assert.All(Gauges, gauge => Assert.Equal("0", warm[gauge]));
        Assert.Equal("1", warm["neural_mask_model_ready{model=\"toy\",version=\"1\",precision=\"fp32\",provider=\"simulated\"}"]);

        await _queue.Drain(TestContext.Current.CancellationToken);
        var draining = await Scrape();
        Assert.All(Gauges, gauge => Assert.False(draining.ContainsKey(gauge)));
    }

    [Fact]
    public async Task They_say_what_waits_and_runs_and_was_refused()
    {
        _sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);
        var stop = TestContext.Current.CancellationToken;
        for (byte number = 0; number < 3; number++)
        {
            _queue.Admit(Made.Picture(number, tenant: $"tenant-{number}", seconds: 2), stop);
        }

        _queue.Admit(Made.Picture(model: "other"), stop);
        var running = _queue.Take();
        var busy = await Scrape();
        Assert.Equal(("2", "4", "3"), (busy["neural_mask_queue_length"], busy["neural_mask_queue_work_seconds"], busy["neural_mask_ongoing_requests"]));
        Assert.Equal("1", busy["neural_mask_requests_rejected_total{reason=\"not_ready\"}"]);
        Assert.Equal("0", busy["neural_mask_requests_rejected_total{reason=\"full\"}"]);
        Assert.Equal(("1", "0"), (busy["neural_mask_queue_wait_seconds_count"], busy["neural_mask_inference_seconds_count"]));

        _queue.Finish(running!, new MattingAnswer { Outcome = MattingOutcome.Done, Ran = TimeSpan.FromSeconds(2) });
        Assert.Equal(("1", "2"), ((await Scrape())["neural_mask_inference_seconds_count"], (await Scrape())["neural_mask_inference_seconds_sum"]));
    }

    private async Task<Dictionary<string, string>> Scrape()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(text.ToArray()).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .ToDictionary(line => line[..line.LastIndexOf(' ')], line => line[(line.LastIndexOf(' ') + 1)..]);
    }
}
