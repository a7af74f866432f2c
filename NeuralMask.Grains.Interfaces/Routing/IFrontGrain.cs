using NeuralMask.Grains.Interfaces.Matting;
using Orleans.Concurrency;

namespace NeuralMask.Grains.Interfaces.Routing;

/// <summary>The ear of a front silo. The key is its address as a parsable string.</summary>
[Alias("neuralmask.front"), GrainInterfaceType("neuralmask.front")]
public interface IFrontGrain : IGrainWithStringKey
{
    /// <summary>A GPU silo is alive and has this load. Nobody waits for an answer: a beat that is lost is followed by the next.</summary>
    /// <param name="report">The load.</param>
    [Alias("beat"), OneWay]
    Task Beat(SiloReport report);
}
