using NeuralMask.Api.Routing;
using Spectre.Console;

namespace NeuralMask.Bench.Routing;

/// <summary>
/// The router's own code on a simulated clock, against round robin and against one central queue, which no router can
/// beat: eight silos of one session, work of 0.1, 0.5 and 3 s at 80, 18 and 2 %, predictions off by up to 30 %, Poisson
/// arrivals at 80 % of what the silos can do.
/// </summary>
internal static class RoutingBenchmark
{
    private const int Silos = 8;
    private const double Load = 0.8;
    private const double EstimateError = 0.3;

    public static int Run(int jobs)
    {
        var table = new Table().AddColumns("seed", "reports", "round robin p99", "two choices p99", "central p99", "over round robin (goal ≤ 0.40)", "over central (goal ≤ 1.15)");
        foreach (var interval in new[] { 0.0, 1.0 })
        {
            for (var seed = 1; seed <= 5; seed++)
            {
                var work = Jobs(jobs, seed);
                var robin = P99(FifoSilos(work, i => i % Silos));
                var central = P99(Central(work));
                var choices = P99(TwoChoices(work, interval, seed));
                table.AddRow($"{seed}", interval == 0 ? "fresh" : $"every {interval:0} s", $"{robin:0.00} s", $"{choices:0.00} s", $"{central:0.00} s", $"{choices / robin:0.000}", $"{choices / central:0.000}");
            }
        }

        AnsiConsole.MarkupLine($"{jobs} pictures a run, {Silos} silos at {Load:P0} load");
        AnsiConsole.Write(table);
        return 0;
    }

    private static List<Job> Jobs(int count, int seed)
    {
        var dice = new Random(seed);
        var mean = (0.8 * 0.1) + (0.18 * 0.5) + (0.02 * 3);
        var rate = Load * Silos / mean;
        var jobs = new List<Job>(count);
        var at = 0.0;
        for (var i = 0; i < count; i++)
        {
            at -= Math.Log(1 - dice.NextDouble()) / rate;
            var kind = dice.NextDouble();
            var seconds = kind < 0.8 ? 0.1 : kind < 0.98 ? 0.5 : 3;
            jobs.Add(new Job(at, seconds, seconds * (1 + (EstimateError * ((2 * dice.NextDouble()) - 1)))));
        }

        return jobs;
    }

    private static double[] FifoSilos(List<Job> jobs, Func<int, int> pick)
    {
        var free = new double[Silos];
        return [.. jobs.Select((job, i) =>
        {
            var silo = pick(i);
            free[silo] = Math.Max(job.At, free[silo]) + job.Seconds;
            return free[silo] - job.At;
        })];
    }

    private static double[] Central(List<Job> jobs)
    {
        var free = new double[Silos];
        return [.. jobs.Select(job =>
        {
            var silo = Array.IndexOf(free, free.Min());
            free[silo] = Math.Max(job.At, free[silo]) + job.Seconds;
            return free[silo] - job.At;
        })];
    }

    private static double[] TwoChoices(List<Job> jobs, double interval, int seed)
    {
        var clock = new SimulatedClock();
        var dice = new Random(seed + 1000);
        var silos = Enumerable.Range(0, Silos).Select(i => new SimulatedSilo($"{i}", clock)).ToList();
        var views = silos.Select(silo => silo.View).ToList();
        var nextReport = 0.0;
        return [.. jobs.Select(job =>
        {
            for (; nextReport <= job.At; nextReport = interval == 0 ? job.At + double.Epsilon : nextReport + interval)
            {
                clock.Now = interval == 0 ? job.At : nextReport;
                silos.ForEach(silo => silo.Report());
                if (interval == 0)
                {
                    break;
                }
            }

            clock.Now = job.At;
            var view = SiloSelector.Pick(views, dice)!;
            view.Send(job.Estimate);
            return silos[views.IndexOf(view)].Take(job) - job.At;
        })];
    }

    private static double P99(double[] times)
    {
        Array.Sort(times);
        return times[(int)(times.Length * 0.99)];
    }

    internal readonly record struct Job(double At, double Seconds, double Estimate);
}
