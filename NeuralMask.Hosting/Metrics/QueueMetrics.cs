using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting;
using Prometheus;

namespace NeuralMask.Hosting.Metrics;

/// <summary>
/// The queue and the sessions of a silo. Gauges are read at the moment of the scrape, and exist only while the sessions
/// are warm: a silo that is still loading and says "nothing waits" would pull the average down and stop the scaling that
/// it is a part of.
/// </summary>
public sealed class QueueMetrics
{
    private static readonly string[] Reasons = ["full", "deadline", "cancelled", "not_ready"];
    private readonly SiloQueue _queue;
    private readonly SiloSessions _sessions;
    private readonly TimeProvider _clock;
    private readonly Gauge _length;
    private readonly Gauge _seconds;
    private readonly Gauge _ongoing;
    private readonly Gauge _busy;
    private readonly Gauge _ready;
    private (long At, double Busy) _last;

    /// <summary>Registers the metrics.</summary>
    public QueueMetrics(CollectorRegistry registry, SiloQueue queue, SiloSessions sessions, TimeProvider clock)
    {
        (_queue, _sessions, _clock) = (queue, sessions, clock);
        var factory = Prometheus.Metrics.WithCustomRegistry(registry);
        var hidden = new GaugeConfiguration { SuppressInitialValue = true };
        _length = factory.CreateGauge("neural_mask_queue_length", "Pictures that wait for a session.", hidden);
        _seconds = factory.CreateGauge("neural_mask_queue_work_seconds", "Predicted session seconds that wait.", hidden);
        _ongoing = factory.CreateGauge("neural_mask_ongoing_requests", "Pictures that wait for a session or are in one.", hidden);
        _busy = factory.CreateGauge("neural_mask_session_busy_ratio", "Share of the time since the last scrape that sessions ran, 0 to 1.", hidden);
        _ready = factory.CreateGauge("neural_mask_model_ready", "1 for a model that is warm here.", "model", "version", "precision", "provider");
        var wait = factory.CreateHistogram("neural_mask_queue_wait_seconds", "Seconds that a picture waited for its session.", Buckets());
        var run = factory.CreateHistogram("neural_mask_inference_seconds", "Seconds that a session ran for a picture.", Buckets());
        var rejected = factory.CreateCounter("neural_mask_requests_rejected_total", "Pictures that were refused or given up before a session ran.", "reason");
        foreach (var reason in Reasons)
        {
            rejected.WithLabels(reason);
        }

        queue.Taken += wait.Observe;
        queue.Ran += run.Observe;
        queue.Rejected += reason => rejected.WithLabels(reason).Inc();
        registry.AddBeforeCollectCallback(Read);
    }

    private static HistogramConfiguration Buckets() => new() { Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60] };

    private void Read()
    {
        if (!_queue.IsReady || _sessions.Model is not { } model)
        {
            foreach (var gauge in new[] { _length, _seconds, _ongoing, _busy })
            {
                gauge.Unpublish();
            }

            return;
        }

        var (length, seconds, running) = _queue.Load();
        Show(_length, length);
        Show(_seconds, seconds);
        Show(_ongoing, length + running);
        Show(_busy, BusyRatio());
        _ready.WithLabels(Labels(model)).Set(1);
    }

    private double BusyRatio()
    {
        var (at, busy) = (_clock.GetTimestamp(), _sessions.BusySeconds);
        var elapsed = _last.At == 0 ? 0 : _clock.GetElapsedTime(_last.At, at).TotalSeconds * _sessions.Count;
        var ratio = elapsed <= 0 ? 0 : Math.Clamp((busy - _last.Busy) / elapsed, 0, 1);
        _last = (at, busy);
        return ratio;
    }

    private static string[] Labels(WarmModel model) => [model.Id, model.Version, model.Precision, model.Provider];

    private static void Show(Gauge gauge, double value)
    {
        gauge.Set(value);
        gauge.Publish();
    }
}
