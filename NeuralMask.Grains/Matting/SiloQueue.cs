using Microsoft.Extensions.Options;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting.Fairness;

namespace NeuralMask.Grains.Matting;

/// <summary>
/// What waits for this silo's sessions and what runs in them. Bounded by predicted seconds and by bytes: what does not
/// fit is refused at once, since a caller that is told to come back later loses less than one that waits and fails.
/// Thread-safe: grains, cancellations, metrics and reports come from different threads.
/// </summary>
public sealed class SiloQueue(SiloSessions sessions, IOptions<InferenceOptions> options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly FairQueue<QueuedPicture> _waiting = new();
    private readonly HashSet<QueuedPicture> _running = [];
    private readonly Dictionary<string, long> _arrived = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytes;
    private long _reports;
    private volatile bool _draining;

    /// <summary>Told of every picture that a session takes: the seconds it waited.</summary>
    public event Action<double>? Taken;

    /// <summary>Told of every picture that a session has finished: the seconds it ran.</summary>
    public event Action<double>? Ran;

    /// <summary>Told of every picture that is refused or given up: why, one of a few words.</summary>
    public event Action<string>? Rejected;

    /// <summary>True while pictures are taken: warm and not draining.</summary>
    public bool IsReady => sessions.Model is not null && !_draining;

    /// <summary>True once nothing new is taken.</summary>
    public bool IsDraining => _draining;

    /// <summary>Predicted session seconds that may wait.</summary>
    public double BoundSeconds => options.Value.MaxQueueSeconds * Math.Max(1, sessions.Count);

    /// <summary>Queues a picture, or says why not.</summary>
    /// <returns>Its place, or the refusal.</returns>
    internal (QueuedPicture? Picture, MattingAnswer? Refusal) Admit(MattingRequest request, CancellationToken cancellationToken)
    {
        var model = sessions.Model;
        lock (_gate)
        {
            Count(request.Front);
            var refusal = model is null || _draining || request.Model != model.Id ? NotReady(model, request.Model)
                : request.Deadline <= clock.GetUtcNow() ? TooLate(TimeSpan.Zero)
                : null;
            if (refusal is not null)
            {
                return (null, refusal);
            }

            var seconds = request.PredictedSeconds > 0 ? request.PredictedSeconds : model!.SecondsPerRun;
            var weight = request.Weight > 0 ? request.Weight : 1;
            if (_bytes + request.Rgb.Length > options.Value.MaxQueueMegabytes * 1024L * 1024
                || !ShareOfBound.Allows(_waiting, request.Tenant, weight, seconds, BoundSeconds))
            {
                return (null, Full());
            }

            var picture = new QueuedPicture(request, seconds, clock.GetTimestamp(), cancellationToken);
            var place = _waiting.Add(request.Tenant, weight, seconds, picture);
            _bytes += request.Rgb.Length;
            picture.Leaving = cancellationToken.UnsafeRegister(_ => Leave(place), null);
            return (picture, null);
        }
    }

    /// <summary>Takes the picture that is due; those whose deadline has passed are answered and skipped. Null where none waits.</summary>
    internal QueuedPicture? Take()
    {
        while (true)
        {
            QueuedPicture? picture;
            bool expired;
            lock (_gate)
            {
                if (!_waiting.TryTake(out picture))
                {
                    return null;
                }

                _bytes -= picture.Request.Rgb.Length;
                expired = picture.Request.Deadline <= clock.GetUtcNow();
                if (!expired)
                {
                    picture.Began = clock.GetTimestamp();
                    _running.Add(picture);
                }
            }

            if (!expired)
            {
                Taken?.Invoke(clock.GetElapsedTime(picture.Arrived, picture.Began).TotalSeconds);
                return picture;
            }

            picture.Finish(TooLate(clock.GetElapsedTime(picture.Arrived)));
            SignalEmpty();
        }
    }

    /// <summary>A session is done with a picture.</summary>
    internal void Finish(QueuedPicture picture, MattingAnswer? answer)
    {
        lock (_gate)
        {
            _running.Remove(picture);
        }

        if (answer is null)
        {
            Rejected?.Invoke("cancelled");
            picture.Abandon();
        }
        else
        {
            Ran?.Invoke(answer.Ran.TotalSeconds);
            picture.Finish(answer with { Waited = clock.GetElapsedTime(picture.Arrived, picture.Began) });
        }

        SignalEmpty();
    }

    /// <summary>Takes nothing new and waits until what is queued and running is done.</summary>
    public Task Drain(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _draining = true;
        }

        SignalEmpty();
        return _empty.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The load as it is now, for one front.</summary>
    /// <param name="front">The front that is told.</param>
    /// <param name="silo">This silo's address.</param>
    public SiloReport Report(string front, string silo)
    {
        var model = sessions.Model;
        lock (_gate)
        {
            return new SiloReport
            {
                Silo = silo,
                Sequence = ++_reports,
                Sessions = sessions.Count,
                QueuedSeconds = _waiting.Seconds,
                RunningSeconds = RunningSeconds(),
                BoundSeconds = BoundSeconds,
                QueueLength = _waiting.Count,
                Draining = _draining,
                Models = model is null ? [] : [model],
                FreeMemoryBytes = GC.GetGCMemoryInfo() is var memory ? Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes) : 0,
                Arrived = _arrived.GetValueOrDefault(front),
            };
        }
    }

    /// <summary>Pictures and predicted seconds that wait, and pictures that run.</summary>
    public (int Length, double Seconds, int Running) Load()
    {
        lock (_gate)
        {
            return (_waiting.Count, _waiting.Seconds, _running.Count);
        }
    }

    private double RunningSeconds()
    {
        var now = clock.GetTimestamp();
        return _running.Sum(picture => Math.Max(0, picture.Seconds - clock.GetElapsedTime(picture.Began, now).TotalSeconds));
    }

    private void Count(string front)
    {
        if (front.Length > 0)
        {
            _arrived[front] = _arrived.GetValueOrDefault(front) + 1;
        }
    }

    private MattingAnswer NotReady(WarmModel? model, string asked)
    {
        Rejected?.Invoke("not_ready");
        return new MattingAnswer
        {
            Outcome = MattingOutcome.NotReady,
            RetryAfter = TimeSpan.FromSeconds(5),
            Reason = _draining ? "The silo is shutting down."
                : model is null ? "The model is still being loaded."
                : $"The model {asked} is not warm here.",
        };
    }

    private MattingAnswer Full()
    {
        Rejected?.Invoke("full");
        return new MattingAnswer
        {
            Outcome = MattingOutcome.Full,
            RetryAfter = TimeSpan.FromSeconds(Math.Max(1, _waiting.Seconds / (2 * Math.Max(1, sessions.Count)))),
            Reason = $"The queue holds as much work as can be done in {options.Value.MaxQueueSeconds:0.#} s, or this caller's share of it.",
        };
    }

    private MattingAnswer TooLate(TimeSpan waited)
    {
        Rejected?.Invoke("deadline");
        return new MattingAnswer
        {
            Outcome = MattingOutcome.Expired,
            Waited = waited,
            Reason = "The deadline passed before a session was free.",
        };
    }

    private void Leave(FairQueue<QueuedPicture>.Place place)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(place))
            {
                return;
            }

            _bytes -= place.Item.Request.Rgb.Length;
        }

        Rejected?.Invoke("cancelled");
        place.Item.Abandon();
        SignalEmpty();
    }

    private void SignalEmpty()
    {
        bool empty;
        lock (_gate)
        {
            empty = _draining && _waiting.Count == 0 && _running.Count == 0;
        }

        if (empty)
        {
            _empty.TrySetResult();
        }
    }
}
