using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting;

namespace NeuralMask.Api.Routing;

/// <summary>The GPU silos that this front knows, by what they have told it. Thread-safe.</summary>
public sealed class SiloDirectory(TimeProvider clock, Random dice)
{
    /// <summary>Silence after which a silo is taken for dead: four beats.</summary>
    public static readonly TimeSpan DeadAfter = BeatService.Interval * 4;

    /// <summary>Silence after which nobody waits for a silo any more: long enough for a process to restart with its model on disk.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SiloView> _views = new(StringComparer.Ordinal);
    private readonly long _began = clock.GetTimestamp();
    private long? _heardFirst;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next report after it was asked for.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    // Whether silos may be there that this front has not heard of, since it has only just started: until the first report,
    // and then for as long as all that live need for theirs.
    private bool IsNew => _heardFirst is { } first
        ? clock.GetElapsedTime(first) < DeadAfter
        : clock.GetElapsedTime(_began) < ForgottenAfter;

    /// <summary>Takes in a report.</summary>
    public void Hear(SiloReport report)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _heardFirst ??= clock.GetTimestamp();
            if (_views.TryGetValue(report.Silo, out var view))
            {
                view.Hear(report);
            }
            else
            {
                _views[report.Silo] = new SiloView(report, clock);
            }

            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }

    /// <summary>Whether a silo has the model warm and would take a picture.</summary>
    public bool Knows(string model)
    {
        lock (_gate)
        {
            return _views.Values.Any(view => view.Warm(model) is not null && view.Silence < DeadAfter && !view.Report.Draining);
        }
    }

    /// <summary>Picks a silo for a picture and notes that it is on its way there.</summary>
    /// <param name="model">The model that has to be warm.</param>
    /// <param name="seconds">Predicted session seconds; null takes each silo's own time for one run.</param>
    /// <param name="except">A silo that has just failed; null for none.</param>
    /// <param name="target">The silo, and what is cancelled when it is taken for dead.</param>
    public Choice Choose(string model, double? seconds, string? except, out Target target)
    {
        lock (_gate)
        {
            var warm = _views.Values.Where(view => view.Warm(model) is not null).ToList();
            var alive = warm.Where(view => view.IsAlive && !view.Report.Draining && view.Silo != except).ToList();
            var eligible = alive.Where(view => view.HasRoom(seconds ?? view.Warm(model)!.SecondsPerRun)).ToList();
            if (SiloSelector.Pick(eligible, dice) is { } silo)
            {
                var predicted = seconds ?? silo.Warm(model)!.SecondsPerRun;
                target = new Target(silo.Silo, predicted, silo.Wait, silo.Lost);
                silo.Send(predicted);
                return Choice.Found;
            }

            target = default;
            return alive.Count > 0 ? Choice.AllFull : warm.Count > 0 || IsNew ? Choice.Restarting : Choice.None;
        }
    }

    /// <summary>A call to a silo broke. A refused connection tells of a dead process long before its silence does.</summary>
    public void Suspect(string silo)
    {
        lock (_gate)
        {
            if (_views.TryGetValue(silo, out var view))
            {
                view.Suspect();
            }
        }
    }

    /// <summary>Takes silent silos for dead, abandons what is in flight there, and forgets those that stay away.</summary>
    public void Watch()
    {
        List<CancellationTokenSource> lost = [];
        lock (_gate)
        {
            foreach (var (silo, view) in _views)
            {
                if (view.Silence >= DeadAfter && view.Lose() is { } inFlight)
                {
                    lost.Add(inFlight);
                }

                if (view.Silence >= ForgottenAfter)
                {
                    _views.Remove(silo);
                }
            }
        }

        lost.ForEach(source => source.Cancel());
    }
}

/// <summary>A silo that was picked.</summary>
/// <param name="Silo">Its address as a parsable string.</param>
/// <param name="Seconds">Predicted session seconds of the picture there.</param>
/// <param name="Wait">Predicted seconds until it begins.</param>
/// <param name="Lost">Cancelled when the silo is taken for dead.</param>
public readonly record struct Target(string Silo, double Seconds, double Wait, CancellationToken Lost);

/// <summary>Whether a silo was found.</summary>
public enum Choice
{
    /// <summary>There is one.</summary>
    Found,

    /// <summary>There are some, and all have as much to do as they take.</summary>
    AllFull,

    /// <summary>There is none now, but there was a moment ago, or there may be: it restarts, is being replaced, or has not been heard of yet.</summary>
    Restarting,

    /// <summary>No silo has the model.</summary>
    None,
}
