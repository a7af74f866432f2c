using Microsoft.Extensions.Hosting;
using NeuralMask.Grains.Matting;

namespace NeuralMask.Hosting.Health;

/// <summary>Whether this process should be sent requests.</summary>
/// <param name="silo">Whether it is a member.</param>
/// <param name="lifetime">Whether it was asked to stop.</param>
/// <param name="conditions">What else it needs.</param>
/// <param name="queue">Its sessions' queue; null on a front, which is ready without any: the cluster's silos come and go.</param>
public sealed class Readiness(ISiloStatusOracle silo, IHostApplicationLifetime lifetime, IEnumerable<IReadinessCondition> conditions, SiloQueue? queue = null)
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

        if (queue is { IsReady: false })
        {
            return "The model is still being loaded.";
        }

        return conditions.Select(condition => condition.Obstacle).FirstOrDefault(obstacle => obstacle is not null);
    }
}
