using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NeuralMask.Hosting.Health;
using NeuralMask.Hosting.Metrics;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Settings;

namespace NeuralMask.Hosting.Startup;

/// <summary>What front and GPU silo both have.</summary>
public static class SharedServices
{
    /// <summary>Adds the clock, the metrics registry, readiness and the model that is served.</summary>
    public static IServiceCollection AddSharedServices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddMetricsRegistry();
        services.AddSingleton<Readiness>();
        services.AddSingleton<StartFailure>();
        services.AddValidatedOptions<ModelOptions>(configuration);
        services.AddSingleton(provider => ModelLocation.Of(provider.GetRequiredService<IOptions<ModelOptions>>().Value, configuration));
        return services;
    }
}
