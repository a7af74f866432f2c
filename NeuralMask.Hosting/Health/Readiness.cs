using Microsoft.Extensions.Hosting;
using NeuralMask.Grains.Matting;

namespace NeuralMask.Hosting.Health;

/// <summary>Whether this process should be sent requests.</summary>
public sealed class Readiness(SessionPool sessions, ISiloStatusOracle silo, IHostApplicationLifetime lifetime)
{
    /// <summary>What keeps the process from being ready, in one sentence; null when it is ready.</summary>
    public string? Obstacle()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "The service is shutting down.";
        }

        if (silo.CurrentStatus != SiloStatus.Active)
        {
            return $"The silo is not a member of the cluster; its status is {silo.CurrentStatus}.";
        }

        return sessions.IsReady ? null : "The model is still being loaded.";
    }
}
