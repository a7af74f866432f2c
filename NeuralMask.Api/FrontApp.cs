using NeuralMask.Api.Access;
using NeuralMask.Api.Endpoints;
using NeuralMask.Api.Faults;
using NeuralMask.Api.Pipeline;
using NeuralMask.Api.Uploads;
using NeuralMask.Hosting.Cluster;
using NeuralMask.Hosting.Health;
using NeuralMask.Hosting.Metrics;
using NeuralMask.Hosting.Settings;
using NeuralMask.Hosting.Startup;

namespace NeuralMask.Api;

/// <summary>The front with everything that it needs in one process.</summary>
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
        builder.AddStandaloneCluster();
        builder.AddModelStartup();

        builder.Services.AddValidatedOptions<FrontOptions>(builder.Configuration);
        builder.Services.AddMetricsRegistry();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<RateWindow>();
        builder.Services.AddSingleton<UploadReader>();
        builder.Services.AddSingleton<MemoryBudget>();
        builder.Services.AddSingleton<FrontCpu>();
        builder.Services.AddSingleton<CutoutPipeline>();
        builder.WebHost.ListenAsServed(builder.Configuration, ArticlePort);
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
}
