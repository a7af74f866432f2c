using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuralMask.Hosting.Startup;

namespace NeuralMask.Hosting.Cluster;

/// <summary>A cluster of one process, for a laptop, the edge and tests: no membership store and nothing to install.</summary>
public static class StandaloneCluster
{
    /// <summary>Makes this process the whole cluster, on a free port of the loopback interface and without a gateway.</summary>
    public static IHostApplicationBuilder AddStandaloneCluster(this IHostApplicationBuilder builder)
    {
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: "neuralmask", clusterId: "standalone"));

        // What a silo says of itself while it starts and stops is noise to somebody who runs one process.
        builder.Logging.AddFilter("Orleans", builder.Configuration.LevelOfLibraries());

        // Its first check counts from the start of the machine and warns of hours in which nothing moved.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        return builder;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
