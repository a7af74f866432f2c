using Prometheus;

namespace NeuralMask.Hosting.Metrics;

/// <summary>What clients experience: the three request metrics that dashboards and alerts are written against.</summary>
public sealed class RequestMetrics
{
    private readonly Counter _requests;
    private readonly Counter _errors;
    private readonly Histogram _duration;

    /// <summary>Creates the metrics at zero, so that an alert on a rate works from the first error on.</summary>
    public RequestMetrics(CollectorRegistry registry)
    {
        var factory = Prometheus.Metrics.WithCustomRegistry(registry);
        _requests = factory.CreateCounter("neural_mask_requests_total", "Requests for a cut-out, answered or given up.", "endpoint");
        _errors = factory.CreateCounter(
            "neural_mask_request_errors_total",
            "Requests that ended without a cut-out: the client's fault, too much load, or the server's fault.",
            "class");
        _duration = factory.CreateHistogram(
            "neural_mask_request_duration_seconds",
            "Seconds from a request's first header to its last byte.",
            new HistogramConfiguration
            {
                LabelNames = ["endpoint"],
                Buckets = [0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 7.5, 10, 15, 20, 30, 60],
            });
        foreach (var fault in Enum.GetValues<FaultClass>())
        {
            _errors.WithLabels(Label(fault));
        }
    }

    /// <summary>Counts a request that ended.</summary>
    /// <param name="endpoint">Name of the endpoint, one of a few.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="fault">Whose fault it was that there is no cut-out; null when there is one.</param>
    public void Count(string endpoint, TimeSpan duration, FaultClass? fault)
    {
        _requests.WithLabels(endpoint).Inc();
        _duration.WithLabels(endpoint).Observe(duration.TotalSeconds);
        if (fault is { } known)
        {
            _errors.WithLabels(Label(known)).Inc();
        }
    }

    /// <summary>Makes an endpoint's series exist at zero.</summary>
    public void Announce(string endpoint)
    {
        _requests.WithLabels(endpoint);
        _duration.WithLabels(endpoint);
    }

    private static string Label(FaultClass fault) => fault switch
    {
        FaultClass.Client => "client",
        FaultClass.Overload => "overload",
        _ => "server",
    };
}

/// <summary>Whose fault it is that a request got no cut-out.</summary>
public enum FaultClass
{
    /// <summary>The request cannot be answered as it is, or the caller hung up.</summary>
    Client,

    /// <summary>There was more to do than could be done.</summary>
    Overload,

    /// <summary>Something is broken here.</summary>
    Server,
}
