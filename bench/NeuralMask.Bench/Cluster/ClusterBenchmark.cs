using System.Diagnostics;
using System.Globalization;
using NeuralMask.Grains.Interfaces.Matting;
using Spectre.Console;

namespace NeuralMask.Bench.Cluster;

/// <summary>
/// What the way between front and silo costs, with sessions that take time and no processor: the share of the
/// arithmetic limit that is reached at saturation, and the time of a round trip when the session takes none.
/// </summary>
internal static class ClusterBenchmark
{
    private const int Side = 1024;
    private const int Callers = 16;
    private const double SessionSeconds = 0.05;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);

    public static async Task<int> Run()
    {
        var table = new Table().AddColumns("two silos of one simulated session, 1024 × 1024", "measured", "goal");
        await using (var cluster = await SimulatedCluster.Start(SessionSeconds.ToString(CultureInfo.InvariantCulture)))
        {
            var (rate, busy) = await Saturate(cluster);
            var limit = SimulatedCluster.SiloCount / SessionSeconds;
            table.AddRow($"masks a second over the limit of {limit:0}", $"{rate / limit:0.000}", "≥ 0.97");
            table.AddRow("share of the time that sessions were busy", $"{busy:0.000}", "≥ 0.95");
        }

        await using (var cluster = await SimulatedCluster.Start("0.00001"))
        {
            var times = await RoundTrips(cluster, 300);
            table.AddRow("front to silo and back, median", $"{times[times.Count / 2]:0.0} ms", "≤ 10 ms");
            table.AddRow("front to silo and back, 95th percentile", $"{times[(int)(times.Count * 0.95)]:0.0} ms", "");
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<(double Rate, double Busy)> Saturate(SimulatedCluster cluster)
    {
        using var end = new CancellationTokenSource();
        var done = 0;
        var callers = Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (!end.IsCancellationRequested)
            {
                await Matte(cluster);
                Interlocked.Increment(ref done);
            }
        }).ToList();
        await Task.Delay(WarmUp);
        await Busy(cluster);
        var (from, began) = (Volatile.Read(ref done), Stopwatch.GetTimestamp());
        await Task.Delay(Measured);
        var rate = (Volatile.Read(ref done) - from) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        var busy = await Busy(cluster);
        await end.CancelAsync();
        await Task.WhenAll(callers);
        return (rate, busy);
    }

    private static async Task<List<double>> RoundTrips(SimulatedCluster cluster, int count)
    {
        var times = new List<double>();
        for (var i = -50; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await Matte(cluster);
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return [.. times.Order()];
    }

    private static async Task Matte(SimulatedCluster cluster)
    {
        var answer = await cluster.Router.Matte(
            new MattingRequest
            {
                Operation = "bench",
                Model = "isnet-general-use",
                Rgb = new byte[Side * Side * 3],
                Width = Side,
                Height = Side,
                Deadline = DateTimeOffset.MaxValue,
            },
            CancellationToken.None);
        if (answer.Outcome != MattingOutcome.Done)
        {
            throw new InvalidOperationException($"A picture was not done: {answer.Outcome}, {answer.Reason}");
        }
    }

    // The gauge is the share since the scrape before, so that one scrape begins a measurement and the next one ends it.
    private static async Task<double> Busy(SimulatedCluster cluster)
    {
        using var client = new HttpClient();
        var shares = new List<double>();
        foreach (var silo in cluster.Silos)
        {
            var text = await client.GetStringAsync(new Uri(silo, "/metrics"));
            var line = text.Split('\n').First(row => row.StartsWith("neural_mask_session_busy_ratio ", StringComparison.Ordinal));
            shares.Add(double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        }

        return shares.Average();
    }
}
