using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NeuralMask.Hosting.Startup;

/// <summary>
/// Between "not ready" and the end of serving: proxies poll, so that for some seconds they still send requests to a front
/// that was asked to stop, and those have to be answered.
/// </summary>
/// <param name="time">How long.</param>
/// <param name="clock">Where time comes from.</param>
/// <param name="logger">Where it is said.</param>
public sealed partial class LameDuck(TimeSpan time, TimeProvider clock, ILogger<LameDuck> logger) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (time > TimeSpan.Zero)
        {
            LogServing(logger, time.TotalSeconds);

            // Cut short where the whole stop has less time than this.
            await Task.Delay(time, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

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

    [LoggerMessage(310, LogLevel.Information, "Not ready any more; serving for {Seconds} s until proxies have noticed")]
    private static partial void LogServing(ILogger logger, double seconds);
}
