using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Grains.Matting;

/// <summary>The sessions of this silo. They belong to the process and not to grains, which come and go.</summary>
public sealed partial class SiloSessions(
    IOptions<InferenceOptions> options,
    ISessionOpener opener,
    TimeProvider clock,
    ILogger<SiloSessions> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private volatile IReadOnlyList<SessionThread> _threads = [];
    private volatile WarmModel? _model;

    /// <summary>The model that is warm in every session; null until then.</summary>
    public WarmModel? Model => _model;

    /// <summary>How many sessions are open.</summary>
    public int Count => _threads.Count;

    /// <summary>Seconds that all sessions together have run.</summary>
    public double BusySeconds => _threads.Sum(thread => TimeSpan.FromTicks(thread.BusyTicks).TotalSeconds);

    /// <summary>
    /// Opens the sessions one after the other, so that the peaks of loading do not add up. Blocks for seconds; called once.
    /// </summary>
    /// <exception cref="ModelException">The model cannot be used; nothing is left open.</exception>
    public void Open(LoadedModel model, CancellationToken cancellationToken)
    {
        var opened = new List<IMattingSession>();
        var runTime = TimeSpan.Zero;
        try
        {
            for (var i = 0; i < options.Value.MaxWorkers; i++)
            {
                (var session, runTime) = opener.Open(model, cancellationToken);
                opened.Add(session);
            }
        }
        catch
        {
            opened.ForEach(session => session.Dispose());
            throw;
        }

        _threads = [.. opened.Select((session, index) => new SessionThread(index, session, clock, logger))];
        _model = new WarmModel
        {
            Id = model.Manifest.Id,
            Version = model.Manifest.Version,
            Precision = model.File.Precision.ToString().ToLowerInvariant(),
            Provider = opener.Provider,
            SecondsPerRun = runTime.TotalSeconds,
        };
        LogReady(logger, model.Manifest.Id, model.File.Name, opened.Count, options.Value.EffectiveThreads, opener.Provider, runTime.TotalSeconds);
    }

    /// <summary>Runs a picture in one session; the silo's queue sees to it that there is one at a time.</summary>
    internal Task<MattingAnswer> Run(int session, MattingRequest request, CancellationToken cancellationToken) =>
        _threads[session].Run(request, cancellationToken);

    /// <summary>Waits a little for running pictures and gives the sessions back.</summary>
    public void Dispose()
    {
        foreach (var thread in Interlocked.Exchange(ref _threads, []))
        {
            // A session must not be given back under a running picture; the process ends soon after.
            if (!thread.Close(Patience))
            {
                LogStillRunning(logger, thread.Index);
            }
        }
    }

    [LoggerMessage(100, LogLevel.Information, "Model {Model} ({File}) is warm: {Sessions} session(s) of {Threads} thread(s) on {Provider}, {Seconds:F2} s a picture")]
    private static partial void LogReady(ILogger logger, string model, string file, int sessions, int threads, string provider, double seconds);

    [LoggerMessage(102, LogLevel.Warning, "A picture was still running in session {Session} when the service ended")]
    private static partial void LogStillRunning(ILogger logger, int session);
}
