namespace NeuralMask.Grains.Matting.Fairness;

/// <summary>
/// How much of a bounded queue one tenant may hold: its part by weight, counted as if one more tenant of weight 1 were
/// waiting. So a tenant that floods the queue alone never fills it, and whoever comes next still finds room.
/// </summary>
public static class ShareOfBound
{
    /// <summary>Whether an item may wait.</summary>
    /// <typeparam name="T">What waits.</typeparam>
    /// <param name="queue">The queue.</param>
    /// <param name="tenant">Whose item it is.</param>
    /// <param name="weight">The tenant's share, above 0.</param>
    /// <param name="seconds">The item's predicted cost.</param>
    /// <param name="bound">Seconds that may wait in all.</param>
    public static bool Allows<T>(FairQueue<T> queue, string tenant, double weight, double seconds, double bound)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (queue.Seconds + seconds > bound)
        {
            // A single item above the bound must not be refused for ever.
            return queue.Count == 0;
        }

        const double Newcomer = 1;
        var weights = queue.ActiveWeight + (queue.Holds(tenant) ? 0 : weight) + Newcomer;
        var held = queue.SecondsOf(tenant);
        return held == 0 || held + seconds <= bound * weight / weights;
    }
}
