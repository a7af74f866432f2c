using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Inference.SelfTest;
using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Grains.Matting;

/// <summary>
/// The sessions of this silo, each on a thread of its own, behind one bounded queue. Grains ask here and await; no
/// session ever runs in a grain's turn.
/// </summary>
public sealed partial class SessionPool : IAsyncDisposable
{
    private readonly InferenceOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<SessionPool> _logger;
    private readonly MattingQueue _queue;
    private readonly List<Thread> _threads = [];
    private readonly List<ModelSession> _sessions = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private volatile bool _draining;
    private volatile LoadedModel? _model;

    /// <summary>An empty pool, not ready until <see cref="Open"/> has returned.</summary>
    public SessionPool(IOptions<InferenceOptions> options, TimeProvider clock, ILogger<SessionPool> logger)
    {
        _options = options.Value;
        _clock = clock;
        _logger = logger;
        _queue = new MattingQueue(clock);
    }

    /// <summary>The model that is warm in every session; null until then.</summary>
    public LoadedModel? Model => _model;

    /// <summary>True while pictures are taken: warm and not draining.</summary>
    public bool IsReady => _model is not null && !_draining;

    /// <summary>Pictures that wait for a session.</summary>
    public int QueueLength => _queue.Length;

    /// <summary>Pictures that a session works on now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Median time of one run during the warm-up; zero before it.</summary>
    public TimeSpan RunTime { get; private set; }

    /// <summary>
    /// Opens the sessions one after the other, so that the peaks of loading do not add up, passes each through the
    /// self-test, and starts them. Blocks for seconds; called once.
    /// </summary>
    /// <exception cref="ModelException">The model cannot be used; nothing is left open.</exception>
    public void Open(LoadedModel model, CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < _options.MaxWorkers; i++)
            {
                var session = ModelSession.Open(model, _options.EffectiveThreads);
                _sessions.Add(session);
                RunTime = SelfTestGate.Pass(session, cancellationToken);
            }
        }
        catch
        {
            _sessions.ForEach(session => session.Dispose());
            _sessions.Clear();
            throw;
        }

        foreach (var session in _sessions)
        {
            var thread = new Thread(() => Work(session)) { IsBackground = true, Name = $"matting session {_threads.Count}" };
            _threads.Add(thread);
        }

        _threads.ForEach(thread => thread.Start());
        _model = model;
        LogReady(_logger, model.Manifest.Id, model.File.Name, _sessions.Count, _options.EffectiveThreads, RunTime.TotalSeconds);
    }

    /// <summary>Queues a picture and gives its mask, or at once the reason why not.</summary>
    public Task<MattingAnswer> Run(MattingRequest request, CancellationToken cancellationToken)
    {
        if (!IsReady)
        {
            return Task.FromResult(new MattingAnswer
            {
                Outcome = MattingOutcome.NotReady,
                RetryAfter = TimeSpan.FromSeconds(5),
                Reason = _draining ? "The service is shutting down." : "The model is still being loaded.",
            });
        }

        var job = _queue.TryAdd(request, QueueLimit, cancellationToken);
        return job?.Answer ?? Task.FromResult(new MattingAnswer
        {
            Outcome = MattingOutcome.Full,
            RetryAfter = RunTime * Math.Max(1, QueueLimit / (2.0 * _sessions.Count)),
            Reason = $"The queue holds {QueueLimit} pictures, as many as can be done in {_options.MaxQueueSeconds} s.",
        });
    }

    /// <summary>Takes no more pictures and waits until those that are queued are done.</summary>
    public async Task Drain(CancellationToken cancellationToken)
    {
        _draining = true;
        _queue.Close();
        if (_threads.Count > 0)
        {
            await _ended.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits at most ten seconds for running pictures, then gives the sessions back.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), _clock);
        try
        {
            await Drain(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // A session must not be given back under a running picture; the process ends soon after.
            LogStillRunning(_logger, Running);
            return;
        }

        _sessions.ForEach(session => session.Dispose());
    }

    // As many pictures as the sessions are predicted to finish within the bound, and one a session at least.
    private int QueueLimit => Math.Max(_sessions.Count, (int)(_options.MaxQueueSeconds * _sessions.Count / Math.Max(RunTime.TotalSeconds, 0.001)));

    private void Work(ModelSession session)
    {
        while (_queue.Take() is { } job)
        {
            Interlocked.Increment(ref _running);
            RunOne(session, job);
            Interlocked.Decrement(ref _running);
        }

        lock (_threads)
        {
            _threads.Remove(Thread.CurrentThread);
            if (_threads.Count == 0)
            {
                _ended.TrySetResult();
            }
        }
    }

    private void RunOne(ModelSession session, MattingJob job)
    {
        var waited = _clock.GetElapsedTime(job.Arrived);
        var began = _clock.GetTimestamp();
        var request = job.Request;
        try
        {
            var (alpha, width, height) = session.Run(request.Rgb.Span, request.Width, request.Height, job.Cancellation);
            job.Finish(new MattingAnswer
            {
                Outcome = MattingOutcome.Done,
                Alpha = alpha,
                Width = width,
                Height = height,
                Waited = waited,
                Ran = _clock.GetElapsedTime(began),
            });
        }
        catch (OperationCanceledException)
        {
            job.Abandon();
        }
        catch (Exception failure)
        {
            // Whatever one picture does to a session, the thread lives on for the next one and the caller is told.
            LogFailed(_logger, failure, request.Operation);
            job.Finish(new MattingAnswer { Outcome = MattingOutcome.Failed, Waited = waited, Ran = _clock.GetElapsedTime(began), Reason = failure.Message });
        }
    }

    [LoggerMessage(100, LogLevel.Information, "Model {Model} ({File}) is warm: {Sessions} session(s) of {Threads} thread(s) on cpu, {Seconds:F2} s a picture")]
    private static partial void LogReady(ILogger logger, string model, string file, int sessions, int threads, double seconds);

    [LoggerMessage(101, LogLevel.Error, "Operation {Operation} failed in its session")]
    private static partial void LogFailed(ILogger logger, Exception failure, string operation);

    [LoggerMessage(102, LogLevel.Warning, "{Count} picture(s) were still running when the service ended")]
    private static partial void LogStillRunning(ILogger logger, int count);
}
