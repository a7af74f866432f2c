using NeuralMask.Cluster.Tests.Load;
using NeuralMask.Cluster.Tests.Processes;

namespace NeuralMask.Cluster.Tests.Faults;

/// <summary>Two fronts behind a proxy and three silos, of which one after the other is killed or restarted under load.</summary>
public sealed class ThreeSilosTests(ThreeSilosTests.Processes processes) : IClassFixture<ThreeSilosTests.Processes>, IDisposable
{
    private const double RequestsPerSecond = 10;
    private const int Tenants = 8;
    private const double SecondsPerPicture = 0.1;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(4);
    private readonly Deployment _cluster = processes.Cluster;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _cluster.Explain(TestContext.Current.TestOutputHelper);

    [Fact]
    public async Task A_silo_killed_under_load_costs_no_request()
    {
        var (usual, answers) = await UnderLoad(async _ =>
        {
            for (var kill = 0; kill < Run.Kills; kill++)
            {
                var silo = _cluster.Silos[kill % _cluster.Silos.Count];
                silo.Kill();
                await silo.Exit();
                silo.Start();
                await silo.Ready();
                await Task.Delay(Calm / 2, Stop);
            }
        });

        Report($"{Run.Kills} silos killed", usual, answers);
        Assert.All(answers, answer => Assert.Null(answer.Fault));
        Assert.True(answers.Quantile(1) <= usual + 3, $"The slowest took {answers.Quantile(1):0.00} s; usual are {usual:0.00} s and 3 s more.");
    }

    [Fact]
    public async Task A_front_killed_under_load_costs_only_what_was_open_there()
    {
        // From the signal until the process is gone its sockets still take connections, which nobody serves.
        var kills = new List<(double From, double To)>();
        var (usual, answers) = await UnderLoad(async caller =>
        {
            for (var kill = 0; kill < Run.Kills; kill++)
            {
                var front = _cluster.Fronts[kill % _cluster.Fronts.Count];
                var from = caller.Now;
                front.Kill();
                await front.Exit();
                kills.Add((from, caller.Now));
                front.Start();
                await front.Ready();
                await Task.Delay(Calm / 2, Stop);
            }
        });

        var open = answers.Count(answer => kills.Any(kill => answer.Start <= kill.To && answer.End >= kill.From));
        Report($"{Run.Kills} fronts killed with {open} requests open on both fronts", usual, answers);
        foreach (var failed in answers.Where(answer => !answer.IsDone))
        {
            Assert.True(
                kills.Any(kill => failed.Start <= kill.To && failed.End >= kill.From),
                $"The request of {failed.Start:0.00} s failed at {failed.End:0.00} s, and fronts were killed at {string.Join(", ", kills.Select(kill => $"{kill.From:0.00} to {kill.To:0.00} s"))}: {failed.Fault}");
        }

        Assert.True(answers.Count(answer => !answer.IsDone) <= open, "More requests failed than were open.");
    }

    [Fact]
    public async Task Every_silo_and_front_restarted_under_load_costs_no_request()
    {
        var (usual, answers) = await UnderLoad(async _ =>
        {
            foreach (var member in _cluster.Members)
            {
                member.Terminate();
                Assert.Equal(0, await member.Exit());
                member.Start();
                await member.Ready();

                // One at a time is what a rollout does, and a proxy has to have seen a front before the next one goes.
                await Task.Delay(Calm / 4, Stop);
            }
        });

        Report("5 processes restarted", usual, answers);
        Assert.All(answers, answer => Assert.Null(answer.Fault));
    }

    /// <summary>Runs <paramref name="faults"/> under a steady load.</summary>
    /// <returns>The usual p99 in seconds, taken before, and every request's answer.</returns>
    private async Task<(double Usual, IReadOnlyList<Answered> Answers)> UnderLoad(Func<Caller, Task> faults)
    {
        // The first pictures of new processes are slow: code is compiled and connections are made.
        var first = new Caller(_cluster.Http);
        await Task.WhenAll(Enumerable.Range(0, Tenants * 2).Select(number => first.Send($"tenant-{number}", Stop)));
        Assert.All(first.Answers, answer => Assert.Null(answer.Fault));

        var caller = new Caller(_cluster.Http);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var load = caller.AtRate(RequestsPerSecond, Tenants, enough.Token);
        await Task.Delay(Calm, Stop);
        var usual = caller.Answers.Quantile(0.99);
        try
        {
            await faults(caller);
        }
        finally
        {
            await enough.CancelAsync();
            await load;
        }

        return (usual, caller.Answers);
    }

    private static void Report(string what, double usual, IReadOnlyList<Answered> answers)
    {
        Run.Say($"{what}: {answers.Count} requests, {answers.Count(answer => !answer.IsDone)} failed; usual p99 {usual:0.00} s, then p50 {answers.Quantile(0.5):0.00} s, p99 {answers.Quantile(0.99):0.00} s, slowest {answers.Quantile(1):0.00} s");
        foreach (var failed in answers.Where(answer => !answer.IsDone).Take(10))
        {
            Run.Say($"  sent at {failed.Start:0.00} s, after {failed.Seconds:0.00} s: {failed.Fault}");
        }
    }

    /// <summary>Every test leaves them as it found them.</summary>
    public sealed class Processes(RedisServer redis)
        : SharedDeployment(redis, silos: 3, fronts: 2, ("SimulatedSeconds", SecondsPerPicture.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
