using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Api.Routing;

/// <summary>
/// A GPU silo as this front sees it: its last report, aged by the clock, and what this front has sent that the report
/// does not know of yet. Not thread-safe; <see cref="SiloDirectory"/> guards it.
/// </summary>
public sealed class SiloView(SiloReport report, TimeProvider clock) : IDisposable
{
    private readonly Queue<double> _unseen = new();
    private SiloReport _report = report;
    private long _reportedAt = clock.GetTimestamp();
    private long _sent;
    private double _unseenSeconds;
    private CancellationTokenSource _lost = new();

    /// <summary>Address of the silo.</summary>
    public string Silo => _report.Silo;

    /// <summary>Its last report.</summary>
    public SiloReport Report => _report;

    /// <summary>Time since it was last heard of.</summary>
    public TimeSpan Silence => clock.GetElapsedTime(_reportedAt);

    /// <summary>Cancelled when the silo is taken for dead; what is in flight there is then abandoned.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Predicted seconds until a session would be free for one more picture.</summary>
    public double Wait
    {
        get
        {
            var sessions = Math.Max(1, _report.Sessions);
            var aged = _report.QueuedSeconds + _report.RunningSeconds - (Silence.TotalSeconds * sessions);
            return (Math.Max(0, aged) + _unseenSeconds) / sessions;
        }
    }

    /// <summary>Whether a picture of so many seconds would probably be taken.</summary>
    public bool HasRoom(double seconds) => _report.QueuedSeconds + _unseenSeconds + seconds <= _report.BoundSeconds || _report.QueueLength == 0;

    /// <summary>The warm model of that id, or null.</summary>
    public WarmModel? Warm(string model) => _report.Models.FirstOrDefault(warm => warm.Id == model);

    /// <summary>Takes in a newer report; an older one that was overtaken is dropped.</summary>
    public void Hear(SiloReport report)
    {
        if (report.Sequence <= _report.Sequence)
        {
            return;
        }

        _report = report;
        _reportedAt = clock.GetTimestamp();

        // The report's sums hold every picture of ours that has arrived there.
        while (_unseen.Count > Math.Max(0, _sent - report.Arrived))
        {
            _unseenSeconds -= _unseen.Dequeue();
        }

        _unseenSeconds = _unseen.Count == 0 ? 0 : _unseenSeconds;
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
        _unseenSeconds += seconds;
    }

    /// <summary>Takes the silo for dead until it is heard of again.</summary>
    /// <returns>What to cancel, outside of any lock.</returns>
    public CancellationTokenSource Lose() => _lost;

    /// <inheritdoc/>
    public void Dispose() => _lost.Dispose();
}
