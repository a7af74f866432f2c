using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuralMask.Grains.Interfaces.Routing;

namespace NeuralMask.Grains.Matting;

/// <summary>
/// Tells every front four times a second that this silo is alive and how loaded it is. The cluster's own liveness takes
/// ten seconds to notice a killed process; fronts that miss four beats stop after one.
/// </summary>
public sealed partial class BeatService(
    SiloQueue queue,
    SiloRoles roles,
    ILocalSiloDetails self,
    IGrainFactory grains,
    TimeProvider clock,
    ILogger<BeatService> logger) : BackgroundService
{
    /// <summary>Time from one beat to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var silo = self.SiloAddress.ToParsableString();
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                TellAll(silo);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The silo leaves, and may have drained since the last beat: with this one no front has to find out by a call.
            TellAll(silo);
        }
    }

    private void TellAll(string silo)
    {
        foreach (var front in roles.Active(SiloRoles.Front))
        {
            Tell(front.ToParsableString(), silo);
        }
    }

    private void Tell(string front, string silo)
    {
        Task beat;
        try
        {
            // Not awaited: a front that has just died must not hold up the beats to the others.
            beat = grains.GetGrain<IFrontGrain>(front).Beat(queue.Report(front, silo));
        }
        catch (Exception failure) when (failure is ArgumentException or OrleansException)
        {
            // A front that has just joined is in the list of members before its grain types are known here.
            LogLost(logger, failure, front);
            return;
        }

        beat.ContinueWith(
            failed => LogLost(logger, failed.Exception, front),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    [LoggerMessage(110, LogLevel.Debug, "A beat to {Front} was lost")]
    private static partial void LogLost(ILogger logger, Exception? failure, string front);
}
