using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Api.Routing;

/// <summary>
/// A GPU silo as this front sees it: the work that its last report named, worked off by the clock since, and on top of
/// it what this front has sent that the report does not know of yet. Not thread-safe; <see cref="SiloDirectory"/> guards it.
/// </summary>
public sealed class SiloView : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Queue<double> _unseen = new();
    private SiloReport _report;
    private long _reportedAt;
    private long _sent;
    private double _work;
    private long _workAsOf;
    private CancellationTokenSource _lost = new();

    /// <summary>A silo that was just heard of.</summary>
    public SiloView(SiloReport report, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _report = report;
        _sent = report.Arrived;
        Believe(report);
    }

    /// <summary>Address of the silo.</summary>
    public string Silo => _report.Silo;

    /// <summary>Its last report.</summary>
    public SiloReport Report => _report;

    /// <summary>Time since it was last heard of.</summary>
    public TimeSpan Silence => _clock.GetElapsedTime(_reportedAt);

    /// <summary>Cancelled when the silo is taken for dead; what is in flight there is then abandoned.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Predicted seconds until a session would be free for one more picture.</summary>
    public double Wait => Work / Sessions;

    private int Sessions => Math.Max(1, _report.Sessions);

    // Session seconds that are left, as if every session had worked without a pause.
    private double Work => Math.Max(0, _work - (_clock.GetElapsedTime(_workAsOf).TotalSeconds * Sessions));

    /// <summary>Whether a picture of so many seconds would probably be taken.</summary>
    public bool HasRoom(double seconds) => Work + seconds <= _report.BoundSeconds || (_report.QueueLength == 0 && _unseen.Count == 0);

    /// <summary>The warm model of that id, or null.</summary>
    public WarmModel? Warm(string model) => _report.Models.FirstOrDefault(warm => warm.Id == model);

    /// <summary>Takes in a newer report; an older one that was overtaken is dropped.</summary>
    public void Hear(SiloReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Sequence <= _report.Sequence)
        {
            return;
        }

        Believe(report);
        if (_lost.IsCancellationRequested)
        {
            // The old one may be in somebody's hands still, and holds nothing that has to be given back.
            _lost = new CancellationTokenSource();
        }
    }

    /// <summary>A picture is on its way there.</summary>
    public void Send(double seconds)
    {
        _sent++;
        _unseen.Enqueue(seconds);
        (_work, _workAsOf) = (Work + seconds, _clock.GetTimestamp());
    }

    /// <summary>Takes the silo for dead until it is heard of again.</summary>
    /// <returns>What to cancel, outside of any lock.</returns>
    public CancellationTokenSource Lose() => _lost;

    /// <inheritdoc/>
    public void Dispose() => _lost.Dispose();

    private void Believe(SiloReport report)
    {
        _report = report;
        _reportedAt = _workAsOf = _clock.GetTimestamp();

        // The report's sums hold every picture of ours that has arrived there; the others come on top.
        while (_unseen.Count > Math.Max(0, _sent - report.Arrived))
        {
            _unseen.Dequeue();
        }

        _work = report.QueuedSeconds + report.RunningSeconds + _unseen.Sum();
    }
}
