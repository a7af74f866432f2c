using NeuralMask.Hosting.Metrics;

namespace NeuralMask.Api.Faults;

/// <summary>Marks an endpoint whose requests are counted, under a name of a bounded set.</summary>
/// <param name="Name">Value of the metrics label <c>endpoint</c>.</param>
public sealed record CountedEndpoint(string Name);

/// <summary>Registers endpoints whose requests are counted.</summary>
public static class CountedEndpoints
{
    /// <summary>Counts an endpoint's requests, and shows them as zero from the start, so that a first one is seen as a rise.</summary>
    public static RouteHandlerBuilder Counted(this RouteHandlerBuilder endpoint, IServiceProvider services, string name)
    {
        services.GetRequiredService<RequestMetrics>().Announce(name);
        return endpoint.WithMetadata(new CountedEndpoint(name));
    }
}

/// <summary>Counts requests for a cut-out by what their caller got. Stands outside <see cref="FaultAnswers"/>, so that it sees the final status.</summary>
public sealed class RequestCounting(RequestDelegate next, RequestMetrics metrics, TimeProvider clock)
{
    /// <summary>Runs the request and counts it where its endpoint is a counted one.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var began = clock.GetTimestamp();
        await next(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<CountedEndpoint>() is { } counted)
        {
            var status = context.Response.StatusCode;
            metrics.Count(counted.Name, clock.GetElapsedTime(began), status >= 400 ? Fault.OfStatus(status) : null);
        }
    }
}
