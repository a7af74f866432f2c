using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace NeuralMask.Hosting.Health;

/// <summary>What probes ask. Neither ever calls a grain: a busy cluster must not look like a dead process.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>/health</c> (the process answers) and <c>/ready</c> (it should be sent requests, else 503 with the reason).</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health", () => Results.Json(new { status = "alive" }));
        endpoints.MapGet("/ready", (Readiness readiness) => readiness.Obstacle() is { } obstacle
            ? Results.Json(new { status = "not ready", detail = obstacle }, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { status = "ready" }));
        return endpoints;
    }
}
