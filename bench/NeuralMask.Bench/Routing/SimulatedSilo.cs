using NeuralMask.Api.Routing;
using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Bench.Routing;

/// <summary>Time as the simulation has it.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    /// <summary>Seconds since the simulation began.</summary>
    public double Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (long)(Now * TimeSpan.TicksPerSecond);
}

/// <summary>A silo of one session that works first come first served, and what the front knows of it.</summary>
internal sealed class SimulatedSilo
{
    private readonly SimulatedClock _clock;
    private readonly Queue<(double Start, double End, double Estimate)> _jobs = new();
    private readonly string _name;
    private double _free;
    private long _sequence;
    private long _arrived;

    public SimulatedSilo(string name, SimulatedClock clock)
    {
        (_name, _clock) = (name, clock);
        View = new SiloView(Now(), clock);
    }

    public SiloView View { get; }

    /// <summary>Takes a picture; gives the time at which it will be done.</summary>
    public double Take(RoutingBenchmark.Job job)
    {
        var start = Math.Max(_clock.Now, _free);
        _free = start + job.Seconds;
        _jobs.Enqueue((start, _free, job.Estimate));
        _arrived++;
        return _free;
    }

    /// <summary>Tells the front.</summary>
    public void Report() => View.Hear(Now());

    private SiloReport Now()
    {
        while (_jobs.TryPeek(out var done) && done.End <= _clock.Now)
        {
            _jobs.Dequeue();
        }

        return new SiloReport
        {
            Silo = _name,
            Sequence = ++_sequence,
            Sessions = 1,
            QueuedSeconds = _jobs.Where(job => job.Start > _clock.Now).Sum(job => job.Estimate),
            RunningSeconds = _jobs.Where(job => job.Start <= _clock.Now).Sum(job => Math.Max(0, job.Estimate - (_clock.Now - job.Start))),
            BoundSeconds = double.MaxValue,
            Arrived = _arrived,
        };
    }
}
