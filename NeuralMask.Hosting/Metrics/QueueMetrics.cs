using NeuralMask.Grains.Matting;
using Prometheus;

namespace NeuralMask.Hosting.Metrics;

/// <summary>
/// The queue as it is at the moment of the scrape. The series exist only while the sessions are warm: a silo that is
/// still loading and says "nothing waits" would pull the average down and stop the scaling that it is a part of.
/// </summary>
public sealed class QueueMetrics
{
    private readonly SessionPool _sessions;
    private readonly Gauge _length;

    /// <summary>Registers the gauges; their values are read at each scrape.</summary>
    public QueueMetrics(CollectorRegistry registry, SessionPool sessions)
    {
        _sessions = sessions;
        _length = Prometheus.Metrics.WithCustomRegistry(registry).CreateGauge(
            "neural_mask_queue_length",
            "Pictures that wait for a session.",
            new GaugeConfiguration { SuppressInitialValue = true });
        registry.AddBeforeCollectCallback(Read);
    }

    private void Read()
    {
        if (_sessions.IsReady)
        {
            _length.Set(_sessions.QueueLength);
            _length.Publish();
        }
        else
        {
            _length.Unpublish();
        }
    }
}
