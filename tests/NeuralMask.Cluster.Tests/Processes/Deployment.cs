namespace NeuralMask.Cluster.Tests.Processes;

/// <summary>A cluster of real processes on the loopback: silos with simulated sessions, fronts, and a proxy where there are several.</summary>
internal sealed class Deployment : IDisposable
{
    private Deployment(IReadOnlyList<Member> silos, IReadOnlyList<Member> fronts)
    {
        (Silos, Fronts) = (silos, fronts);
        Proxy = fronts.Count > 1 ? new Proxy(fronts) : null;
    }

    public IReadOnlyList<Member> Silos { get; }

    public IReadOnlyList<Member> Fronts { get; }

    public Proxy? Proxy { get; }

    /// <summary>Where clients send their requests.</summary>
    public HttpClient Http => Proxy?.Http ?? Fronts[0].Http;

    public IEnumerable<Member> Members => Silos.Concat(Fronts);

    /// <summary>Whether the machine has what a deployment needs.</summary>
    public static bool IsPossible(int fronts) => Needed(fronts).All(Programs.Exists);

    /// <summary>Skips the test where it has not.</summary>
    public static void Need(int fronts) => Programs.Need(Needed(fronts));

    /// <summary>Starts everything and waits until it is ready.</summary>
    public static async Task<Deployment> Start(RedisServer redis, int silos, int fronts, params (string Setting, string Value)[] settings)
    {
        Need(fronts);
        var cluster = $"test-{Guid.NewGuid():N}";
        var deployment = new Deployment(
            [.. Enumerable.Range(1, silos).Select(number => new Member("NeuralMask.Silo", $"silo-{number}", Settings(redis, cluster, $"silo-{number}", settings)))],
            [.. Enumerable.Range(1, fronts).Select(number => new Member("NeuralMask.Api", $"front-{number}", Settings(redis, cluster, $"front-{number}", settings)))]);
        try
        {
            foreach (var member in deployment.Members)
            {
                member.Start();
            }

            await Task.WhenAll(deployment.Members.Select(member => member.Ready()));
            await (deployment.Proxy?.Ready() ?? Task.CompletedTask);
            return deployment;
        }
        catch
        {
            deployment.Dispose();
            throw;
        }
    }

    /// <summary>Shows what the processes said where the running test has failed.</summary>
    public void Explain(ITestOutputHelper? output)
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed && output is not null)
        {
            foreach (var member in Members)
            {
                output.WriteLine(member.Log);
            }

            output.WriteLine(Proxy?.Log ?? "");
        }
    }

    public void Dispose()
    {
        Proxy?.Dispose();
        foreach (var member in Members)
        {
            member.Dispose();
        }
    }

    private static string[] Needed(int fronts) => fronts > 1 ? ["redis-server", "haproxy"] : ["redis-server"];

    private static Dictionary<string, string> Settings(RedisServer redis, string cluster, string name, (string Setting, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["Cluster"] = "redis",
            ["RedisConnection"] = redis.Connection,
            ["ClusterId"] = cluster,
            ["SiloName"] = name,
            ["SiloPort"] = "0",
            ["Provider"] = "simulated",

            // The smallest canvas of the shipped models: what is tested is the way there and back.
            ["Model"] = "u2netp",
            ["AnonymousMegapixelsPerMinute"] = "1000000",
            ["LameDuckSeconds"] = "2",
        };
        foreach (var (setting, value) in settings)
        {
            all[setting] = value;
        }

        return all;
    }
}
