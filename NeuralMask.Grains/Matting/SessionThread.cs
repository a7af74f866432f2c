using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Grains.Matting;

/// <summary>One session on a thread of its own, so that no grain's turn ever computes.</summary>
internal sealed partial class SessionThread : IDisposable
{
    private readonly IMattingSession _session;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Thread _thread;

    // One picture runs and nothing waits here: the queue in front of all sessions decides who is next.
    private readonly BlockingCollection<Work> _next = new(boundedCapacity: 1);
    private long _busyTicks;
    private long _busySince;

    public SessionThread(int index, IMattingSession session, TimeProvider clock, ILogger logger)
    {
        Index = index;
        _session = session;
        _clock = clock;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = $"matting session {index}" };
        _thread.Start();
    }

    /// <summary>Number of the session on its silo, from 0.</summary>
    public int Index { get; }

    /// <summary>Ticks that the session has run so far, the present picture included.</summary>
    public long BusyTicks
    {
        get
        {
            var since = Interlocked.Read(ref _busySince);
            return Interlocked.Read(ref _busyTicks) + (since == 0 ? 0 : _clock.GetElapsedTime(since).Ticks);
        }
    }

    /// <summary>Runs one picture; the caller sees to it that there is one at a time.</summary>
    public Task<MattingAnswer> Run(MattingRequest request, CancellationToken cancellationToken)
    {
        var work = new Work(request, cancellationToken);
        _next.Add(work, CancellationToken.None);
        return work.Answer.Task;
    }

    /// <summary>Ends the thread after its picture and gives the session back. Blocks at most <paramref name="patience"/>.</summary>
    /// <returns>False where the picture still runs; the session is then left to the end of the process.</returns>
    public bool Close(TimeSpan patience)
    {
        _next.CompleteAdding();
        if (!_thread.Join(patience))
        {
            return false;
        }

        Dispose();
        return true;
    }

    public void Dispose()
    {
        _session.Dispose();
        _next.Dispose();
    }

    private void Run()
    {
        foreach (var work in _next.GetConsumingEnumerable())
        {
            var began = _clock.GetTimestamp();
            Interlocked.Exchange(ref _busySince, began);
            var outcome = RunOne(work, began);
            Interlocked.Exchange(ref _busySince, 0);
            Interlocked.Add(ref _busyTicks, _clock.GetElapsedTime(began).Ticks);

            // Told last, so that whoever hears of it finds the session idle.
            outcome();
        }
    }

    private Action RunOne(Work work, long began)
    {
        var request = work.Request;
        try
        {
            var (alpha, width, height) = _session.Run(request.Rgb.Span, request.Width, request.Height, work.Cancellation);
            var answer = new MattingAnswer { Outcome = MattingOutcome.Done, Alpha = alpha, Width = width, Height = height, Ran = _clock.GetElapsedTime(began) };
            return () => work.Answer.TrySetResult(answer);
        }
        catch (OperationCanceledException)
        {
            return () => work.Answer.TrySetCanceled(work.Cancellation);
        }
        catch (Exception failure)
        {
            // Whatever one picture does to a session, the thread lives on for the next one and the caller is told.
            LogFailed(_logger, failure, request.Operation);
            var answer = new MattingAnswer { Outcome = MattingOutcome.Failed, Ran = _clock.GetElapsedTime(began), Reason = failure.Message };
            return () => work.Answer.TrySetResult(answer);
        }
    }

    [LoggerMessage(101, LogLevel.Error, "Operation {Operation} failed in its session")]
    private static partial void LogFailed(ILogger logger, Exception failure, string operation);

    private sealed record Work(MattingRequest Request, CancellationToken Cancellation)
    {
        public TaskCompletionSource<MattingAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
