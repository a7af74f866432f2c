using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;

namespace NeuralMask.Hosting.Metrics;

/// <summary>The project's own metrics, in a registry of this host's own.</summary>
public static class MetricsEndpoint
{
    /// <summary>Registers the registry and what is counted in it.</summary>
    public static IServiceCollection AddMetricsRegistry(this IServiceCollection services)
    {
        services.AddSingleton(_ =>
        {
            var registry = Prometheus.Metrics.NewCustomRegistry();
            DotNetStats.Register(registry);
            return registry;
        });
        return services;
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static IEndpointRouteBuilder MapMetricsEndpoint(this IEndpointRouteBuilder endpoints)
    {
        // Made now and not at the first scrape, so that nothing is missed before it.
        endpoints.ServiceProvider.GetService<QueueMetrics>();
        endpoints.MapMetrics("/metrics", endpoints.ServiceProvider.GetRequiredService<CollectorRegistry>());
        return endpoints;
    }
}
