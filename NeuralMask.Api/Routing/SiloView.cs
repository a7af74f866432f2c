using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Api.Routing;

/// <summary>
/// A GPU silo as this front sees it: the work that its last report named, worked off by the clock since, and on top of
/// it what this front has sent that the report does not know of yet. Not thread-safe; <see cref="SiloDirectory"/> guards it.
/// </summary>
public sealed class SiloView : IDisposable
{
    // A picture that no report has counted after so long has never arrived: its caller hung up, or the connection broke.
    private static readonly TimeSpan ArrivesWithin = TimeSpan.FromSeconds(5);
    private readonly TimeProvider _clock;
    private readonly Queue<(double Seconds, long SentAt)> _unseen = new();
    private SiloReport _report;
    private long _reportedAt;
    private long _sent;
    private double _work;
    private long _workAsOf;
    private CancellationTokenSource _lost = new();
    private bool _isDead;
    private bool _isSuspect;

    /// <summary>A silo that was just heard of.</summary>
    public SiloView(SiloReport report, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _report = report;

        // Not 0 where the silo was forgotten and comes back: it has counted what was sent before.
        _sent = report.Arrived;
        Believe(report);
    }

    /// <summary>Address of the silo.</summary>
    public string Silo => _report.Silo;

    /// <summary>Its last report.</summary>
    public SiloReport Report => _report;

    /// <summary>Time since it was last heard of.</summary>
    public TimeSpan Silence => _clock.GetElapsedTime(_reportedAt);

    /// <summary>False once it has been silent for too long or a call to it has broken, until it is heard of again.</summary>
    public bool IsAlive => Silence < SiloDirectory.DeadAfter && !_isSuspect;

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

        (_isDead, _isSuspect) = (false, false);
        Believe(report);
    }

    /// <summary>A picture is on its way there.</summary>
    public void Send(double seconds)
    {
        var now = _clock.GetTimestamp();
        _sent++;
        _unseen.Enqueue((seconds, now));
        (_work, _workAsOf) = (Work + seconds, now);
    }

    /// <summary>A call to the silo broke: nothing more is sent there until it is heard of again, and what is in flight goes on.</summary>
    public void Suspect() => _isSuspect = true;

    /// <summary>Takes the silo for dead until it is heard of again.</summary>
    /// <returns>What to cancel, outside of any lock; null where it is dead already.</returns>
    public CancellationTokenSource? Lose()
    {
        if (_isDead)
        {
            return null;
        }

        // Replaced now, so that what is sent after the next report is not abandoned by this cancellation.
        _isDead = true;
        var lost = _lost;
        _lost = new CancellationTokenSource();
        return lost;
    }

    /// <inheritdoc/>
    public void Dispose() => _lost.Dispose();

    private void Believe(SiloReport report)
    {
        _report = report;
        _reportedAt = _workAsOf = _clock.GetTimestamp();
        ForgetSeen(report.Arrived);
        _work = report.QueuedSeconds + report.RunningSeconds + _unseen.Sum(picture => picture.Seconds);
    }

    // The report's sums hold every picture of ours that has arrived there; only the others come on top.
    private void ForgetSeen(long arrived)
    {
        _sent = Math.Max(_sent, arrived);
        while (_unseen.TryPeek(out var oldest))
        {
            if (_unseen.Count <= _sent - arrived)
            {
                if (_clock.GetElapsedTime(oldest.SentAt) <= ArrivesWithin)
                {
                    return;
                }

                _sent--;
            }

            _unseen.Dequeue();
        }
    }
}
