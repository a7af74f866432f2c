using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Providers;
using Orleans.Configuration;

namespace NeuralMask.Grains.Matting;

/// <summary>What makes a silo one with sessions, and what keeps the others from being taken for one.</summary>
public static class GpuRole
{
    /// <summary>Adds the queue, the sessions and the beats.</summary>
    public static IServiceCollection AddGpuRole(this IServiceCollection services)
    {
        services.AddSingleton<SiloSessions>();
        services.AddSingleton<SiloQueue>();
        services.AddSingleton<CpuSessionOpener>();
        services.AddSingleton<GpuSessionOpener>();
        services.AddSingleton<SimulatedSessionOpener>();
        services.AddSingleton<ISessionOpener>(provider => provider.GetRequiredService<IOptions<InferenceOptions>>().Value.Provider switch
        {
            GpuSessionOpener.Cuda or GpuSessionOpener.TensorRt => provider.GetRequiredService<GpuSessionOpener>(),
            SimulatedSessionOpener.Name => provider.GetRequiredService<SimulatedSessionOpener>(),
            _ => provider.GetRequiredService<CpuSessionOpener>(),
        });
        services.AddHostedService<BeatService>();
        return services;
    }

    /// <summary>Keeps matting grains away from a silo without sessions.</summary>
    public static IServiceCollection WithoutGpuRole(this IServiceCollection services) =>
        services.PostConfigure<GrainTypeOptions>(types =>
        {
            types.Classes.Remove(typeof(MattingGrain));
            types.Classes.Remove(typeof(MattingQueueGrain));
        });
}
