using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Grains.Matting;

/// <summary>
/// Pictures that wait for a session, first come first served. Bounded by the seconds that the waiting work is predicted
/// to take: what does not fit is refused at once, since a caller that is told to come back later loses less than one
/// that waits and fails.
/// </summary>
internal sealed class MattingQueue(TimeProvider clock)
{
    private readonly object _gate = new();
    private readonly LinkedList<MattingJob> _waiting = [];
    private bool _closed;

    /// <summary>How many pictures wait.</summary>
    public int Length
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Queues a job unless <paramref name="limit"/> of them wait already or the queue is closed.</summary>
    /// <returns>The job, or null.</returns>
    public MattingJob? TryAdd(MattingRequest request, int limit, CancellationToken cancellationToken)
    {
        var job = new MattingJob(request, clock.GetTimestamp(), cancellationToken);
        LinkedListNode<MattingJob> place;
        lock (_gate)
        {
            if (_closed || _waiting.Count >= limit)
            {
                return null;
            }

            place = _waiting.AddLast(job);
            Monitor.Pulse(_gate);
        }

        // A caller that hangs up frees its place at once, not when its turn comes.
        var leave = cancellationToken.UnsafeRegister(_ => Leave(place), null);
        job.Answer.ContinueWith(_ => leave.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return job;
    }

    /// <summary>Blocks a session's own thread until a job is due. Jobs whose deadline has passed are answered and skipped.</summary>
    /// <returns>The job, or null once the queue is closed and empty.</returns>
    public MattingJob? Take()
    {
        while (Next() is { } job)
        {
            if (job.Request.Deadline <= clock.GetUtcNow())
            {
                job.Finish(new MattingAnswer
                {
                    Outcome = MattingOutcome.Expired,
                    Waited = clock.GetElapsedTime(job.Arrived),
                    Reason = "The deadline passed before a session was free.",
                });
                continue;
            }

            return job;
        }

        return null;
    }

    /// <summary>Takes no more jobs; those that wait are still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private MattingJob? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            var job = _waiting.First?.Value;
            if (job is not null)
            {
                _waiting.RemoveFirst();
            }

            return job;
        }
    }

    private void Leave(LinkedListNode<MattingJob> place)
    {
        lock (_gate)
        {
            if (place.List is null)
            {
                return;
            }

            _waiting.Remove(place);
        }

        place.Value.Abandon();
    }
}
