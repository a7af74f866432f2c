using System.ComponentModel.DataAnnotations;
using System.Net;

namespace NeuralMask.Hosting.Cluster;

/// <summary>How a process finds the others. Bound to the section <c>NeuralMask</c>.</summary>
public sealed record ClusterSettings : IValidatableObject
{
    /// <summary>One process that is the whole cluster.</summary>
    public const string Standalone = "standalone";

    /// <summary>Members in Redis.</summary>
    public const string Redis = "redis";

    /// <summary><c>standalone</c> or <c>redis</c>.</summary>
    public string Cluster { get; init; } = Standalone;

    /// <summary>With <c>redis</c>: a StackExchange.Redis connection string, such as <c>redis:6379</c>.</summary>
    public string? RedisConnection { get; init; }

    /// <summary>Name of the service, the same for ever.</summary>
    public string ServiceId { get; init; } = "neuralmask";

    /// <summary>Name of the environment; silos of different names never meet.</summary>
    public string ClusterId { get; init; } = "default";

    /// <summary>Address under which the others reach this process; null takes the pod's (<c>POD_IP</c>), and without one the loopback.</summary>
    public string? AdvertisedAddress { get; init; }

    /// <summary>Port for the others; 0 takes a free one.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Name of this silo in the list of members; null takes the pod's (<c>POD_NAME</c>), and without one the machine's.</summary>
    public string? SiloName { get; init; }

    /// <summary>Seconds that a front goes on serving after it was asked to stop, until every proxy has noticed; null is 10 in a cluster and 0 alone.</summary>
    public double? LameDuckSeconds { get; init; }

    /// <summary>Most seconds from the request to stop to the end of the process.</summary>
    public double ShutdownSeconds { get; init; } = 120;

    /// <summary>True for one process that is both front and GPU silo.</summary>
    public bool IsStandalone => Cluster == Standalone;

    /// <summary>The lame-duck time that holds.</summary>
    public TimeSpan EffectiveLameDuck => TimeSpan.FromSeconds(LameDuckSeconds ?? (IsStandalone ? 0 : 10));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Cluster is not (Standalone or Redis))
        {
            yield return new ValidationResult($"NeuralMask:Cluster is \"{Cluster}\": write {Standalone} or {Redis}.");
        }

        if (Cluster == Redis && string.IsNullOrWhiteSpace(RedisConnection))
        {
            yield return new ValidationResult("NeuralMask:RedisConnection is not set: write the address of the Redis server, such as redis:6379.");
        }

        if (AdvertisedAddress is { Length: > 0 } && !IPAddress.TryParse(AdvertisedAddress, out _))
        {
            yield return new ValidationResult($"NeuralMask:AdvertisedAddress is \"{AdvertisedAddress}\": write the IP address under which other silos reach this one.");
        }

        if (SiloPort is < 0 or > 65535)
        {
            yield return new ValidationResult($"NeuralMask:SiloPort is {SiloPort}: write a port from 1 to 65535, or 0 for a free one.");
        }

        if (LameDuckSeconds is < 0 or > 600 || !(ShutdownSeconds is >= 1 and <= 3600))
        {
            yield return new ValidationResult("NeuralMask:LameDuckSeconds takes 0 to 600 seconds and NeuralMask:ShutdownSeconds 1 to 3600.");
        }
    }
}
