using NeuralMask.Grains.Interfaces.Matting;
using Orleans.Concurrency;

namespace NeuralMask.Grains.Matting;

/// <summary>
/// The door to this silo's sessions. Reentrant, since it only awaits: without that, the grain's mailbox would be a
/// second queue which no bound and no metric sees.
/// </summary>
[StatelessWorker(1, removeIdleWorkers: false), Reentrant, GrainType("matting")]
internal sealed class MattingGrain(SessionPool sessions) : Grain, IMattingGrain
{
    public Task<MattingAnswer> Matte(MattingRequest request, CancellationToken cancellationToken) =>
        sessions.Run(request, cancellationToken);
}
