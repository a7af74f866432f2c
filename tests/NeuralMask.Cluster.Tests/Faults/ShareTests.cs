using NeuralMask.Cluster.Tests.Load;
using NeuralMask.Cluster.Tests.Processes;

namespace NeuralMask.Cluster.Tests.Faults;

/// <summary>Two tenants and three silos: a share is kept whatever the other one sends.</summary>
public sealed class ShareTests(ShareTests.Processes processes) : IClassFixture<ShareTests.Processes>, IDisposable
{
    private const double SecondsPerPicture = 0.2;
    private const int Silos = 3;
    private const double PerSecond = Silos / SecondsPerPicture;
    private const int Flood = 60;

    // What the processes, the clients and the machine's other work may add to a latency; a queue in order of arrival
    // would add several times as much.
    private const double Slack = 0.75;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(Run.IsFull ? 120 : 14);
    private readonly Deployment _cluster = processes.Cluster;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _cluster.Explain(TestContext.Current.TestOutputHelper);

    [Fact]
    public async Task A_calm_tenant_does_not_notice_a_flood()
    {
        // A fifth of its half.
        const double Calm = 0.2 * PerSecond / 2;
        await WarmUp();
        var alone = await CalmFor(Calm);

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var flooding = new Caller(_cluster.Http);
        var flood = flooding.Keep(Flood, "flood", enough.Token);
        await Backlog();
        var beside = await CalmFor(Calm);
        await enough.CancelAsync();
        await flood;

        var (before, after) = (alone.Quantile(0.95), beside.Quantile(0.95));
        Run.Say($"calm tenant at {Calm:0.0}/s of {PerSecond:0.0}/s: p95 {before:0.00} s alone ({alone.Count} pictures), {after:0.00} s beside {Flood} requests kept open ({beside.Count}); in order of arrival it would wait {(Flood - Silos) / PerSecond:0.0} s more; the flood's own p50 is {flooding.Answers.Where(answer => answer.IsDone).Quantile(0.5):0.00} s");
        Assert.All(alone.Concat(beside), answer => Assert.Null(answer.Fault));
        Assert.True(after <= before + (1.5 * SecondsPerPicture) + Slack, $"p95 went from {before:0.00} s to {after:0.00} s.");
    }

    [Fact]
    public async Task Two_floods_get_a_half_each()
    {
        // Silos are fair by themselves, and which of them a tenant's pictures are on is left to chance: with n kept open on
        // three silos, one of them has none of that tenant's for 2 / (n + 2) of the time, and serves the other in it.
        var (large, small) = Run.IsFull ? (240, 120) : (120, 60);
        await WarmUp();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var caller = new Caller(_cluster.Http);
        var floods = Task.WhenAll(caller.Keep(large, "large", enough.Token), caller.Keep(small, "small", enough.Token));
        await Backlog();
        var (from, to) = (caller.Now, caller.Now + Measured.TotalSeconds);
        await Task.Delay(Measured, Stop);
        await enough.CancelAsync();
        await floods;

        var answers = caller.Answers.Where(answer => answer.End >= from && answer.End < to).ToList();
        Assert.All(answers, answer => Assert.Null(answer.Fault));
        var (ofLarge, ofSmall) = (answers.Count(answer => answer.Tenant == "large"), answers.Count(answer => answer.Tenant == "small"));
        var half = answers.Count / 2.0;
        Run.Say($"{large} and {small} requests kept open for {Measured.TotalSeconds:0} s: {ofLarge} and {ofSmall} pictures, {ofLarge / half:0.000} and {ofSmall / half:0.000} of a half; in order of arrival it would be {4 / 3.0:0.000} and {2 / 3.0:0.000}");
        Assert.True(Math.Min(ofLarge, ofSmall) >= 0.95 * half, $"{ofLarge} and {ofSmall} pictures.");
    }

    private async Task WarmUp()
    {
        var caller = new Caller(_cluster.Http);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => caller.Send($"first-{number}", Stop)));
        Assert.All(caller.Answers, answer => Assert.Null(answer.Fault));
    }

    private async Task<IReadOnlyList<Answered>> CalmFor(double perSecond)
    {
        var caller = new Caller(_cluster.Http);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        enough.CancelAfter(Measured);
        await caller.AtRate(perSecond, tenants: 1, enough.Token);
        return caller.Answers;
    }

    // Until something waits on every silo.
    private Task Backlog() => Poll.Until(
        async () => (await Task.WhenAll(_cluster.Silos.Select(silo => silo.Metric("neural_mask_queue_length")))).All(length => length >= 3),
        TimeSpan.FromSeconds(60),
        "The silos are not backlogged.");

    public sealed class Processes(RedisServer redis)
        : SharedDeployment(redis, Silos, fronts: 1, ("SimulatedSeconds", SecondsPerPicture.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
