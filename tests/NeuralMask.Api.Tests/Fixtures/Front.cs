using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NeuralMask.Hosting.Startup;
using NeuralMask.Testing;

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>The whole service on a free port of this process, and a client of it.</summary>
public sealed class Front : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder;

    private Front(TemporaryFolder folder, WebApplication app)
    {
        _folder = folder;
        App = app;
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Port = address.Port;
        Client = ClientOf("127.0.0.1");
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    public int Port { get; }

    /// <summary>Starts the service with the toy model and waits until it is ready.</summary>
    public static Task<Front> Start(params string[] settings) => Start(null, settings);

    public static async Task<Front> Start(Action<WebApplicationBuilder>? adjust, params string[] settings)
    {
        var front = await StartLoading(adjust, settings);
        try
        {
            await front.BecomesReady();
            return front;
        }
        catch
        {
            await front.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the service and does not wait for its model.</summary>
    public static async Task<Front> StartLoading(Action<WebApplicationBuilder>? adjust, params string[] settings)
    {
        var folder = new TemporaryFolder();
        try
        {
            var model = folder.Under("toy");
            ToyModel.Write(model, ToyGraph.Sigmoid);
            string[] defaults =
            [
                "--urls=http://127.0.0.1:0",
                $"--NeuralMask:ModelPath={model}",
                "--NeuralMask:MaxWorkers=1",
                "--NeuralMask:AnonymousMegapixelsPerMinute=1000000",
            ];

            // Of two values for one setting the later one counts.
            var app = FrontApp.Build([.. defaults, .. settings.Select(setting => $"--{setting}")], builder =>
            {
                builder.Logging.ClearProviders();
                adjust?.Invoke(builder);
            });
            await app.StartAsync();
            return new Front(folder, app);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public HttpClient ClientOf(string host) => new() { BaseAddress = new Uri($"http://{host}:{Port}"), Timeout = Patience };

    public Task BecomesReady() => Eventually.True(
        async () =>
        {
            Assert.Null(App.Services.GetRequiredService<StartFailure>().Sentence);
            return (await Client.GetAsync("/ready")).StatusCode == HttpStatusCode.OK;
        },
        "/ready did not become 200");

    public async Task<string> Metrics() => await Client.GetStringAsync("/metrics");

    public async ValueTask DisposeAsync()
    {
        using (_folder)
        await using (App)
        using (Client)
        {
            await App.StopAsync();
        }
    }
}
