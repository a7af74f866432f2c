using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Interfaces.Routing;
using NeuralMask.Grains.Matting.Placement;
using Orleans.Concurrency;

namespace NeuralMask.Api.Routing;

/// <summary>Hands what GPU silos say to this front's directory.</summary>
[StatelessWorker(1, removeIdleWorkers: false), Reentrant, PinnedToSilo, GrainType("front")]
internal sealed class FrontGrain(SiloDirectory silos) : Grain, IFrontGrain
{
    public Task Beat(SiloReport report)
    {
        silos.Hear(report);
        return Task.CompletedTask;
    }
}
