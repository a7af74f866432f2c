namespace NeuralMask.Cluster.Tests.Processes;

/// <summary>Where the programs are that a test starts.</summary>
internal static class Programs
{
    /// <summary>Skips the test where the machine lacks a program, with the word of how to get it.</summary>
    public static void Need(params string[] names)
    {
        foreach (var name in names)
        {
            Assert.SkipUnless(Exists(name), $"{name} is not installed: on Debian, `apt-get install {name}`.");
        }
    }

    public static bool Exists(string name) => Find(name) is not null;

    public static string Get(string name) => Find(name) ?? throw new FileNotFoundException($"{name} is not installed.");

    /// <summary>A project's assembly: it is built side by side with this one, as <c>bin/PROJECT/CONFIGURATION</c>.</summary>
    public static string Assembly(string project)
    {
        var own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        return Path.GetFullPath(Path.Combine(own, "..", "..", project, Path.GetFileName(own), $"{project}.dll"));
    }

    // Servers lie in folders that are not on every user's path.
    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Concat(["/usr/sbin", "/usr/local/sbin"])
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
