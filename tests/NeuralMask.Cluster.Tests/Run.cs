using NeuralMask.Cluster.Tests.Processes;
using Xunit.Sdk;
using Xunit.v3;

// Processors are few and latencies are looked at: one test at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(RedisServer))]

namespace NeuralMask.Cluster.Tests;

/// <summary>How much is done: a short form for every change, and a full one where NEURALMASK_FAULTS is <c>full</c>.</summary>
internal static class Run
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("NEURALMASK_FAULTS") == "full";

    /// <summary>How often each kind of process is killed.</summary>
    public static int Kills => IsFull ? 20 : 3;

    /// <summary>Writes a line that is shown with the test, and on the console of the full form.</summary>
    public static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
