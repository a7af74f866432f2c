using System.Net;
using NeuralMask.Cluster.Tests.Load;
using NeuralMask.Cluster.Tests.Processes;

namespace NeuralMask.Cluster.Tests.Faults;

/// <summary>One slow silo with a short queue: who finds no room, runs out of time or hangs up never reaches a session.</summary>
public sealed class FullQueueTests(FullQueueTests.Processes processes) : IClassFixture<FullQueueTests.Processes>, IAsyncLifetime
{
    private const string Began = "neural_mask_queue_wait_seconds_count";
    private const string Ran = "neural_mask_inference_seconds_count";
    private const string Deadline = "neural_mask_requests_rejected_total{reason=\"deadline\"}";
    private const string Cancelled = "neural_mask_requests_rejected_total{reason=\"cancelled\"}";
    private readonly Deployment _cluster = processes.Cluster;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Member Silo => _cluster.Silos[0];

    // The first picture of a process takes the longest, and a deadline is short here.
    public async ValueTask InitializeAsync() => Assert.Null((await new Caller(_cluster.Http).Send("first", Stop)).Fault);

    public ValueTask DisposeAsync()
    {
        _cluster.Explain(TestContext.Current.TestOutputHelper);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_full_queue_and_a_passed_deadline_are_told_apart_and_run_nothing()
    {
        var (began, ran) = (await Silo.Metric(Began), await Silo.Metric(Ran));
        var gone = await Silo.Metric(Deadline) + await Silo.Metric(Cancelled);
        var caller = new Caller(_cluster.Http);

        // One runs, four wait, the rest find no room. Of those that wait, two at most begin within their five seconds.
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => caller.Send($"tenant-{number}", Stop)));
        await Poll.Until(async () => await Silo.Metric("neural_mask_ongoing_requests") == 0, TimeSpan.FromSeconds(60), "The queue does not become empty.");

        var full = answers.Where(answer => answer.Status == HttpStatusCode.ServiceUnavailable).ToList();
        var late = answers.Where(answer => answer.Status == HttpStatusCode.GatewayTimeout).ToList();
        var done = answers.Where(answer => answer.IsDone).ToList();
        var unrun = await Silo.Metric(Deadline) + await Silo.Metric(Cancelled) - gone;
        Run.Say($"12 pictures of 2 s at once: {done.Count} done, {full.Count} refused after {full.Quantile(1):0.00} s at most, {late.Count} too late after {late.Quantile(1):0.00} s at most; {unrun} given up on the silo");
        Assert.Equal(answers.Length, full.Count + late.Count + done.Count);
        Assert.NotEmpty(full);
        Assert.NotEmpty(late);
        Assert.NotEmpty(done);
        Assert.All(full, answer => Assert.NotNull(answer.RetryAfter));
        Assert.All(late, answer => Assert.Null(answer.RetryAfter));

        // What was late never began, but for the one that was in the session as its time ran out and was stopped there.
        Assert.Equal(done.Count, await Silo.Metric(Ran) - ran);
        Assert.Equal(late.Count, unrun);
        Assert.InRange((await Silo.Metric(Began) - began)!.Value, done.Count, done.Count + 1);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_is_taken_out_of_the_queue()
    {
        var ran = await Silo.Metric(Ran);
        var cancelled = await Silo.Metric(Cancelled);
        var caller = new Caller(_cluster.Http);
        var runs = caller.Send("runs", Stop);
        await Waiting(length: 0, ongoing: 1);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var waits = caller.Send("waits", patience.Token);
        await Waiting(length: 1, ongoing: 2);
        await patience.CancelAsync();

        Assert.False((await waits).IsDone);
        await Poll.Until(async () => await Silo.Metric(Cancelled) == cancelled + 1, TimeSpan.FromSeconds(30), "The silo does not hear of it.");
        Assert.Null((await runs).Fault);
        await Poll.Until(async () => await Silo.Metric("neural_mask_ongoing_requests") == 0, TimeSpan.FromSeconds(30), "The queue does not become empty.");
        Assert.Equal(ran + 1, await Silo.Metric(Ran));
    }

    private Task Waiting(int length, int ongoing) => Poll.Until(
        async () => await Silo.Metric("neural_mask_queue_length") == length && await Silo.Metric("neural_mask_ongoing_requests") == ongoing,
        TimeSpan.FromSeconds(30),
        $"There never are {length} waiting of {ongoing}.");

    public sealed class Processes(RedisServer redis)
        : SharedDeployment(redis, silos: 1, fronts: 1, ("SimulatedSeconds", "2"), ("MaxQueueSeconds", "8"), ("DeadlineSeconds", "5"));
}
