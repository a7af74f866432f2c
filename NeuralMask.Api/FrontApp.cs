using NeuralMask.Api.Access;
using NeuralMask.Api.Endpoints;
using NeuralMask.Api.Faults;
using NeuralMask.Api.Pipeline;
using NeuralMask.Api.Routing;
using NeuralMask.Api.Uploads;
using NeuralMask.Grains.Matting;
using NeuralMask.Hosting.Cluster;
using NeuralMask.Hosting.Health;
using NeuralMask.Hosting.Metrics;
using NeuralMask.Hosting.Settings;
using NeuralMask.Hosting.Startup;

namespace NeuralMask.Api;

/// <summary>The front silo; alone, it has the sessions in the same process.</summary>
public static class FrontApp
{
    private const int ArticlePort = 8080;

    /// <summary>Builds the application from the command line, the environment and the defaults.</summary>
    public static WebApplication Build(string[] args) => Build(args, adjust: null);

    /// <summary>The same with a test's last word on it.</summary>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddArticleSettings();
        builder.Logging.AddOneLineConsole(builder.Configuration);
        builder.WebHost.ListenAsServed(builder.Configuration, ArticlePort);
        builder.WebHost.LimitBodies();
        builder.AddFrontRole();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseMiddleware<RequestCounting>();
        app.UseMiddleware<FaultAnswers>();
        app.UseRouting();
        app.MapHealth();
        app.MapMetricsEndpoint();
        app.MapProcess();
        app.MapRemoveBg();
        return app;
    }

    private static void AddFrontRole(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var alone = builder.Configuration.IsStandalone();
        var cluster = builder.AddCluster(alone ? [SiloRoles.Front, SiloRoles.Gpu] : [SiloRoles.Front]);
        services.AddSharedServices(builder.Configuration);
        services.AddValidatedOptions<FrontOptions>(builder.Configuration);
        services.AddSingleton<RequestMetrics>();
        services.AddSingleton<RateWindow>();
        services.AddSingleton<UploadReader>();
        services.AddSingleton<MemoryBudget>();
        services.AddSingleton<FrontCpu>();
        services.AddSingleton<CutoutPipeline>();
        services.AddRouting(cluster);
        if (alone)
        {
            builder.AddSessions();
            services.AddSingleton<IReadinessCondition, OwnSessionsAreKnown>();
        }
        else
        {
            services.WithoutGpuRole();
        }
    }

    private static void AddRouting(this IServiceCollection services, ClusterSettings cluster)
    {
        // Chance decides between silos of equal standing and nothing else.
        services.AddSingleton(provider => new SiloDirectory(provider.GetRequiredService<TimeProvider>(), new Random()));
        services.AddSingleton<MattingRouter>();
        services.AddHostedService<SilenceWatch>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<LameDuck>(provider, cluster.EffectiveLameDuck));
    }
}
