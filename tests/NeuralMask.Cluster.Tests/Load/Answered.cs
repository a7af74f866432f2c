using System.Net;

namespace NeuralMask.Cluster.Tests.Load;

/// <summary>One request and what came of it.</summary>
/// <param name="Tenant">Whose it was.</param>
/// <param name="Start">Seconds on the test's clock at which it was sent.</param>
/// <param name="Seconds">How long it took until the last byte.</param>
/// <param name="Status">HTTP status; null where there was none.</param>
/// <param name="RetryAfter">When the caller is told to come back.</param>
/// <param name="Fault">Why it is a failure; null for a whole cut-out.</param>
internal sealed record Answered(string Tenant, double Start, double Seconds, HttpStatusCode? Status, TimeSpan? RetryAfter, string? Fault)
{
    public double End => Start + Seconds;

    public bool IsDone => Fault is null;
}
