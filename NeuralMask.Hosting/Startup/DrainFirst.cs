using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuralMask.Grains.Matting;

namespace NeuralMask.Hosting.Startup;

/// <summary>
/// Lets queued pictures finish before anything of the process stops. The web server is the first to stop, and without it
/// probes and scrapes would take a silo that drains for one that is dead. Not for a process with endpoints of its own:
/// there the requests under way have to reach the queue first.
/// </summary>
/// <param name="queue">What is drained.</param>
/// <param name="logger">Where it is said that the time was too short.</param>
public sealed partial class DrainFirst(SiloQueue queue, ILogger<DrainFirst> logger) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Drain(queue, logger, cancellationToken);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A stop that takes too long goes on without what is left: the fronts send it elsewhere.
    internal static async Task Drain(SiloQueue queue, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await queue.Drain(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var (length, _, running) = queue.Load();
            LogGivenUp(logger, length, running);
        }
    }

    [LoggerMessage(320, LogLevel.Warning, "The time to shut down is over: {Waiting} picture(s) that wait and {Running} that run are given up")]
    private static partial void LogGivenUp(ILogger logger, int waiting, int running);
}
