using NeuralMask.Grains.Matting;
using NeuralMask.Hosting.Cluster;
using NeuralMask.Hosting.Health;
using NeuralMask.Hosting.Metrics;
using NeuralMask.Hosting.Settings;
using NeuralMask.Hosting.Startup;

namespace NeuralMask.Silo;

/// <summary>The GPU silo: the queue and the sessions, and over HTTP nothing but probes and metrics.</summary>
public static class SiloApp
{
    private const int ArticlePort = 8080;

    /// <summary>Builds the application from the command line, the environment and the defaults.</summary>
    /// <exception cref="SettingException">It would be a cluster without a front.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddArticleSettings();
        if (builder.Configuration.IsStandalone())
        {
            throw new SettingException("NeuralMask:Cluster is standalone, and a GPU silo alone serves nobody: write redis, or start NeuralMask.Api, which has everything in one process.");
        }

        builder.Logging.AddOneLineConsole(builder.Configuration);
        builder.WebHost.ListenAsServed(builder.Configuration, ArticlePort);
        builder.AddCluster(SiloRoles.Gpu);
        builder.Services.AddSharedServices(builder.Configuration);
        builder.AddSessions();
        builder.Services.AddHostedService<DrainFirst>();

        var app = builder.Build();
        app.MapHealth();
        app.MapMetricsEndpoint();
        return app;
    }
}
