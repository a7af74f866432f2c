using System.Net;
using NeuralMask.Cluster.Tests.Load;
using NeuralMask.Cluster.Tests.Processes;

namespace NeuralMask.Cluster.Tests.Faults;

/// <summary>One silo, so that there is no other to go to while it is away.</summary>
public sealed class OneSiloTests(OneSiloTests.Processes processes) : IClassFixture<OneSiloTests.Processes>, IDisposable
{
    private const double RequestsPerSecond = 4;

    // A silo that has been away for half a minute is not waited for any longer; the rest is for a slow machine.
    private static readonly TimeSpan RestartPatience = TimeSpan.FromSeconds(45);
    private readonly Deployment _cluster = processes.Cluster;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _cluster.Explain(TestContext.Current.TestOutputHelper);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_wait_while_the_only_silo_restarts(bool gracefully)
    {
        var silo = _cluster.Silos[0];
        var caller = new Caller(_cluster.Http);
        Assert.Null((await caller.Send("first", Stop)).Fault);

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var load = caller.AtRate(RequestsPerSecond, tenants: 4, enough.Token);
        try
        {
            for (var restart = 0; restart < (Run.IsFull ? 10 : 1); restart++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), Stop);
                if (gracefully)
                {
                    silo.Terminate();
                }
                else
                {
                    silo.Kill();
                }

                Assert.Equal(gracefully, await silo.Exit() == 0);
                silo.Start();
                await silo.Ready();
                await Task.Delay(TimeSpan.FromSeconds(2), Stop);
            }
        }
        finally
        {
            await enough.CancelAsync();
            await load;
        }

        var answers = caller.Answers;
        Run.Say($"the only silo {(gracefully ? "stopped" : "killed")} and started again: {answers.Count} requests, {answers.Count(answer => !answer.IsDone)} failed, {answers.Count(answer => answer.Seconds > 1)} waited more than 1 s, the longest {answers.Quantile(1):0.00} s");
        Assert.All(answers, answer => Assert.Null(answer.Fault));
        Assert.Contains(answers, answer => answer.Seconds > 1);
    }

    [Fact]
    public async Task When_all_silos_stay_away_callers_are_told_and_the_front_recovers_by_itself()
    {
        var silo = _cluster.Silos[0];
        var caller = new Caller(_cluster.Http);
        Assert.Null((await caller.Send("first", Stop)).Fault);
        silo.Kill();
        await silo.Exit();

        var waited = await caller.Send("patient", Stop);
        var later = await caller.Send("later", Stop);
        Run.Say($"no silo: told after {waited.Seconds:0.0} s, and later ones after {later.Seconds:0.00} s");
        foreach (var answer in new[] { waited, later })
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.NotNull(answer.RetryAfter);
        }

        Assert.True(waited.Seconds < RestartPatience.TotalSeconds, $"It took {waited.Seconds:0.0} s.");
        Assert.True(later.Seconds < waited.Seconds / 2, $"Later ones took {later.Seconds:0.0} s.");

        silo.Start();
        await silo.Ready();
        var back = TimeProvider.System.GetTimestamp();
        await Poll.Until(async () => (await caller.Send("back", Stop)).IsDone, TimeSpan.FromSeconds(30), "The front did not find the silo again.");
        Run.Say($"served {TimeProvider.System.GetElapsedTime(back).TotalSeconds:0.00} s after the silo was ready again");
    }

    /// <summary>Every test leaves them as it found them.</summary>
    public sealed class Processes(RedisServer redis) : SharedDeployment(redis, silos: 1, fronts: 1);
}
