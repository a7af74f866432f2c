namespace NeuralMask.Cluster.Tests.Load;

/// <summary>Quantiles of latencies.</summary>
internal static class Latency
{
    /// <summary>The smallest latency that the given part of the requests did not exceed.</summary>
    public static double Quantile(this IEnumerable<Answered> answers, double part)
    {
        var sorted = answers.Select(answer => answer.Seconds).Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
