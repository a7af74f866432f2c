using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Matting;
using NeuralMask.Hosting.Metrics;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;
using NeuralMask.Hosting.Settings;
using Spectre.Console;

namespace NeuralMask.Hosting.Startup;

/// <summary>
/// Brings the sessions up once the process listens, so that probes can tell "loading" from "dead", and ends the process
/// where the model cannot be used. On the way down it lets queued pictures finish.
/// </summary>
internal sealed partial class ModelStartup(
    SiloSessions sessions,
    SiloQueue queue,
    ISessionOpener opener,
    ModelLocation location,
    IOptions<ModelOptions> options,
    IHostApplicationLifetime lifetime,
    StartFailure failure,
    ILogger<ModelStartup> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await DrainFirst.Drain(queue, logger, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Only then has everything else said what it says while it starts, and a progress bar is not torn apart.
            await lifetime.ApplicationStarted.WhenCancelled(stoppingToken);
            var model = await Provide(stoppingToken);
            await Task.Run(() => sessions.Open(model, stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever ends a start that has failed anyway says why.
            if (lifetime.ApplicationStarted.IsCancellationRequested)
            {
                LogInterrupted(logger);
            }
        }
        catch (Exception cause)
        {
            failure.Sentence = cause is ModelException or OptionsValidationException ? cause.Message : $"The model could not be loaded: {cause.Message}";
            LogUnusable(logger, cause is ModelException or OptionsValidationException ? null : cause, failure.Sentence);
            lifetime.StopApplication();
        }
    }

    private async Task<LoadedModel> Provide(CancellationToken cancellationToken)
    {
        using var fetcher = new ModelFetcher(new FetchOptions());
        var provisioning = new ModelProvisioning(location.Catalog, location.Store, fetcher, AnsiConsole.Console)
        {
            AcceptNonCommercial = options.Value.AcceptNonCommercialModels,
        };
        var manifest = location.Catalog.Get(location.Id);
        var file = ModelCatalog.GetFile(manifest, location.File);
        if (!opener.NeedsWeights)
        {
            return new LoadedModel(manifest, file, "", Record: null);
        }

        var path = await provisioning.EnsureAsync(location.Id, location.File, location.MayFetch, cancellationToken);
        var masks = await SelfTestRecorder.FindAsync(location.Store, manifest, file, cancellationToken);
        if (masks is null)
        {
            LogNoMasks(logger, path);
        }

        return new LoadedModel(manifest, file, path, masks);
    }

    [LoggerMessage(300, LogLevel.Critical, "{Sentence}")]
    private static partial void LogUnusable(ILogger logger, Exception? cause, string sentence);

    [LoggerMessage(301, LogLevel.Warning, "No masks are recorded for {Path}, so its self-test judges the product picture alone")]
    private static partial void LogNoMasks(ILogger logger, string path);

    [LoggerMessage(302, LogLevel.Information, "The service was stopped before its model was warm")]
    private static partial void LogInterrupted(ILogger logger);
}

/// <summary>Registers what brings the sessions up.</summary>
public static class ModelStartupRegistration
{
    /// <summary>Adds the queue, the sessions, their metrics and their start.</summary>
    public static IHostApplicationBuilder AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<InferenceOptions>(builder.Configuration);
        builder.Services.AddGpuRole();
        builder.Services.AddSingleton<QueueMetrics>();

        // Registered last, so that it stops first: while it drains, beats still tell the fronts so.
        builder.Services.AddHostedService<ModelStartup>();
        return builder;
    }

    internal static async Task WhenCancelled(this CancellationToken token, CancellationToken giveUp)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onToken = token.UnsafeRegister(_ => signal.TrySetResult(), null);
        await signal.Task.WaitAsync(giveUp);
    }
}
