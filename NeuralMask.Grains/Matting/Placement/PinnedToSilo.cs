using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace NeuralMask.Grains.Matting.Placement;

/// <summary>
/// Places a grain on the silo that its key names, or nowhere: the key is the silo's address as a parsable string,
/// alone or before a slash. Filters, unlike placement directors, combine with stateless workers.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PinnedToSiloAttribute() : PlacementFilterAttribute(new PinnedToSiloStrategy());

/// <summary>The strategy behind <see cref="PinnedToSiloAttribute"/>.</summary>
public sealed class PinnedToSiloStrategy : PlacementFilterStrategy
{
    /// <summary>The only order that this filter needs.</summary>
    public PinnedToSiloStrategy()
        : base(order: 0)
    {
    }
}

/// <summary>Leaves the one silo that a key names.</summary>
public sealed class PinnedToSiloDirector : IPlacementFilterDirector
{
    /// <inheritdoc/>
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var key = target.GrainIdentity.Key.ToString()!;
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var silo = slash < 0 ? key : key[..slash];
        return silos.Where(candidate => candidate.ToParsableString() == silo);
    }
}

/// <summary>Registers the filter, which every silo needs that calls or hosts pinned grains.</summary>
public static class PinnedToSiloRegistration
{
    /// <summary>Adds the filter.</summary>
    public static IServiceCollection AddPinnedPlacement(this IServiceCollection services) =>
        services.AddPlacementFilter<PinnedToSiloStrategy, PinnedToSiloDirector>(ServiceLifetime.Singleton);
}
