using Orleans.Runtime.MembershipService.SiloMetadata;

namespace NeuralMask.Grains.Matting;

/// <summary>What a silo of the cluster is for; a standalone process is both.</summary>
public sealed class SiloRoles(IClusterMembershipService membership, ISiloMetadataCache metadata)
{
    /// <summary>Metadata key under which a silo says what it is for.</summary>
    public const string Key = "neuralmask.roles";

    /// <summary>Has the HTTP endpoints, prepares and routes.</summary>
    public const string Front = "front";

    /// <summary>Has sessions.</summary>
    public const string Gpu = "gpu";

    /// <summary>Active silos of a role.</summary>
    public IEnumerable<SiloAddress> Active(string role) => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active && Has(member.SiloAddress, role))
        .Select(member => member.SiloAddress);

    private bool Has(SiloAddress silo, string role) =>
        metadata.GetSiloMetadata(silo).Metadata.TryGetValue(Key, out var roles) && roles.Split(',').Contains(role);
}
