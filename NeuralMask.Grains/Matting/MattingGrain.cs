using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting.Placement;
using Orleans.Concurrency;

namespace NeuralMask.Grains.Matting;

/// <summary>One session as a grain: one activation, one session, for life.</summary>
[StatelessWorker(1, removeIdleWorkers: false), PinnedToSilo, GrainType("matting")]
internal sealed class MattingGrain : Grain, IMattingGrain
{
    private readonly SiloSessions _sessions;
    private readonly int _session;

    public MattingGrain(SiloSessions sessions, IGrainContext context)
    {
        _sessions = sessions;
        _session = SessionOf(context.GrainId.Key.ToString()!);
    }

    /// <summary>Key of the grain of a session.</summary>
    public static string Key(string silo, int session) => $"{silo}/{session}";

    public Task<MattingAnswer> Matte(MattingRequest request, CancellationToken cancellationToken) =>
        _sessions.Run(_session, request, cancellationToken);

    private static int SessionOf(string key) =>
        int.Parse(key.AsSpan(key.IndexOf('/', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture);
}
