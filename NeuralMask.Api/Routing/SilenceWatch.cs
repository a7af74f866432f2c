using NeuralMask.Grains.Matting;

namespace NeuralMask.Api.Routing;

/// <summary>Looks four times a second for silos that have fallen silent.</summary>
internal sealed class SilenceWatch(SiloDirectory silos, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BeatService.Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                silos.Watch();
            }
        }
        catch (OperationCanceledException)
        {
            // The front stops.
        }
    }
}
