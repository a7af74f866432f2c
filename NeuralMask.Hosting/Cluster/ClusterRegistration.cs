using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuralMask.Grains.Matting;
using NeuralMask.Grains.Matting.Placement;
using NeuralMask.Hosting.Settings;
using NeuralMask.Hosting.Startup;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;
using RedisSettings = StackExchange.Redis.ConfigurationOptions;

namespace NeuralMask.Hosting.Cluster;

/// <summary>Makes a process a silo of the cluster that its settings name.</summary>
public static class ClusterRegistration
{
    // Above the longest deadline that a request may have, so that it is the deadline that ends a call.
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(15);

    /// <summary>Joins the cluster with the given roles.</summary>
    /// <returns>The settings.</returns>
    public static ClusterSettings AddCluster(this IHostApplicationBuilder builder, params string[] roles)
    {
        builder.Services.AddValidatedOptions<ClusterSettings>(builder.Configuration);
        var settings = builder.Configuration.Settings();
        builder.UseOrleans(silo =>
        {
            Join(silo, settings, builder.Configuration);
            silo.UseSiloMetadata(new Dictionary<string, string> { [SiloRoles.Key] = string.Join(',', roles) });
            silo.Services.AddPinnedPlacement();
            silo.Services.AddSingleton<SiloRoles>();
            Tune(silo);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(settings.ShutdownSeconds));

        // What a silo says of itself while it starts and stops is noise to whoever runs the service.
        builder.Logging.AddFilter("Orleans", builder.Configuration.LevelOfLibraries());

        // A message that cannot be delivered comes back to its sender, who says what it means; a beat that is lost while
        // a silo starts or stops means nothing.
        builder.Logging.AddFilter("Polly", LogLevel.Critical);
        builder.Logging.AddFilter("Orleans.Messaging", LogLevel.Critical);

        // Its first check counts from the start of the machine and warns of hours in which nothing moved.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        return settings;
    }

    /// <summary>Whether the settings ask for one process that is the whole cluster.</summary>
    public static bool IsStandalone(this IConfiguration configuration) => configuration.Settings().IsStandalone;

    // Read and checked before the container exists, since the silo is built from them.
    private static ClusterSettings Settings(this IConfiguration configuration)
    {
        var settings = configuration.GetSection(ValidatedOptions.Section).Get<ClusterSettings>() ?? new ClusterSettings();
        return ValidatedOptions.Faults(settings) is { Count: > 0 } faults
            ? throw new SettingException(string.Join(Environment.NewLine, faults))
            : settings;
    }

    private static void Join(ISiloBuilder silo, ClusterSettings settings, IConfiguration configuration)
    {
        if (settings.IsStandalone)
        {
            silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: settings.ServiceId, clusterId: settings.ClusterId);
            return;
        }

        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (settings.ServiceId, settings.ClusterId));
        silo.Configure<SiloOptions>(options => options.SiloName = settings.SiloName ?? configuration["POD_NAME"] ?? Environment.MachineName);
        var port = settings.SiloPort == 0 ? FreePort() : settings.SiloPort;
        var address = settings.AdvertisedAddress is { Length: > 0 } own ? own : configuration["POD_IP"];
        silo.ConfigureEndpoints(address is null ? IPAddress.Loopback : IPAddress.Parse(address), port, gatewayPort: 0, listenOnAnyHostAddress: address is not null);
        var redis = RedisOptions(settings.RedisConnection!);
        silo.UseRedisClustering(clustering => clustering.ConfigurationOptions = redis);
    }

    private static RedisSettings RedisOptions(string connection)
    {
        try
        {
            return RedisSettings.Parse(connection);
        }
        catch (ArgumentException wrong)
        {
            throw new SettingException($"NeuralMask:RedisConnection cannot be read: {wrong.Message} Write a StackExchange.Redis connection string, such as redis:6379.");
        }
    }

    private static void Tune(ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // A killed process is out of the list of members after some four seconds; fronts have left it long before.
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        });
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = LongestCall;
            messaging.CancelRequestOnTimeout = true;
        });

        // One connection would let a small beat wait behind large pictures.
        silo.Configure<ConnectionOptions>(connections => connections.ConnectionsPerEndpoint = 4);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
