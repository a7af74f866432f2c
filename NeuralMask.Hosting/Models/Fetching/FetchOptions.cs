namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>Limits of a fetch. The defaults suit a server; tests shorten them.</summary>
public sealed record FetchOptions
{
    /// <summary>Longest time without a single byte before a connection is given up.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tries in a row that bring less than a mebibyte before a source is given up; at least 1.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Pause before the second try; it doubles with each further one.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Redirects that are followed for one request.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Longest wait for another process that fetches the same model.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The npm client: a name that is looked up in PATH, or a path.</summary>
    public string NpmCommand { get; init; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>Longest time that the npm client may take to answer.</summary>
    public TimeSpan NpmTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
