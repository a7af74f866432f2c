using Microsoft.Extensions.Hosting;
using NeuralMask.Grains.Matting;

namespace NeuralMask.Hosting.Startup;

/// <summary>
/// Lets queued pictures finish before anything of the process stops. The web server is the first to stop, and without it
/// probes and scrapes would take a silo that drains for one that is dead. Not for a process with endpoints of its own:
/// there the requests under way have to reach the queue first.
/// </summary>
/// <param name="queue">What is drained.</param>
public sealed class DrainFirst(SiloQueue queue) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => queue.Drain(cancellationToken);

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
}
