using System.Net;
using NeuralMask.Cluster.Tests.Load;
using NeuralMask.Cluster.Tests.Processes;

namespace NeuralMask.Cluster.Tests.Faults;

/// <summary>What a process does between SIGTERM and its end.</summary>
public sealed class StoppingTests(RedisServer redis) : IAsyncLifetime
{
    private const double LameDuckSeconds = 4;
    private Deployment _cluster = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await Deployment.Start(redis, silos: 1, fronts: 1, ("SimulatedSeconds", "1"), ("LameDuckSeconds", LameDuckSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("ShutdownSeconds", "60"));

    public ValueTask DisposeAsync()
    {
        _cluster?.Explain(TestContext.Current.TestOutputHelper);
        _cluster?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_silo_says_that_it_is_not_ready_finishes_what_waits_and_ends_cleanly()
    {
        var silo = _cluster.Silos[0];
        var caller = new Caller(_cluster.Http);
        Assert.Null((await caller.Send("first", Stop)).Fault);

        var metrics = await silo.Metrics();
        Assert.Contains("neural_mask_model_ready{model=\"u2netp\",", metrics, StringComparison.Ordinal);
        Assert.Contains("provider=\"simulated\"} 1", metrics, StringComparison.Ordinal);
        Assert.Equal(0, await silo.Metric("neural_mask_queue_length"));
        Assert.Equal(0, await silo.Metric("neural_mask_queue_work_seconds"));
        Assert.NotNull(await silo.Metric("neural_mask_session_busy_ratio"));

        var waiting = Enumerable.Range(0, 5).Select(number => caller.Send($"tenant-{number}", Stop)).ToList();
        await Poll.Until(async () => await silo.Metric("neural_mask_ongoing_requests") == 5, TimeSpan.FromSeconds(30), "The pictures do not arrive.");
        silo.Terminate();
        await Poll.Until(async () => await silo.Readiness() == HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(10), "It never said that it is not ready.");
        Assert.NotEqual(5, waiting.Count(sent => sent.IsCompleted));

        var answers = await Task.WhenAll(waiting);
        Assert.All(answers, answer => Assert.Null(answer.Fault));
        Assert.Equal(0, await silo.Exit());
        Run.Say($"a silo that was stopped with 5 pictures of 1 s: all done after {answers.Quantile(1):0.0} s");
    }

    [Fact]
    public async Task A_front_goes_on_serving_until_proxies_have_noticed_and_ends_cleanly()
    {
        var front = _cluster.Fronts[0];
        var caller = new Caller(front.Http);
        Assert.Null((await caller.Send("first", Stop)).Fault);

        // Open while it is told to stop, and longer than its lame-duck time: it is still answered.
        var open = Enumerable.Range(0, 6).Select(number => caller.Send($"tenant-{number}", Stop)).ToList();
        await Poll.Until(async () => await _cluster.Silos[0].Metric("neural_mask_ongoing_requests") == 6, TimeSpan.FromSeconds(30), "The pictures do not arrive.");
        var told = TimeProvider.System.GetTimestamp();
        front.Terminate();
        await Poll.Until(async () => await front.Readiness() == HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(LameDuckSeconds / 2), "It does not say that it is not ready.");
        var noticed = TimeProvider.System.GetElapsedTime(told);

        Assert.Null((await caller.Send("late", Stop)).Fault);
        Assert.All(await Task.WhenAll(open), answer => Assert.Null(answer.Fault));
        Assert.Equal(0, await front.Exit());
        var ended = TimeProvider.System.GetElapsedTime(told);
        Run.Say($"a front that was stopped: not ready after {noticed.TotalSeconds:0.00} s, ended after {ended.TotalSeconds:0.0} s with a lame-duck time of {LameDuckSeconds:0} s");
        Assert.True(ended.TotalSeconds >= LameDuckSeconds);
    }
}
