using System.Globalization;
using System.Net;

namespace NeuralMask.Cluster.Tests.Processes;

/// <summary>A silo or a front: a name, a port and settings, started as a process any number of times.</summary>
internal sealed class Member : IDisposable
{
    // For a machine on which much else runs.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(120);
    private readonly List<ChildProcess> _lives = [];
    private readonly string _project;
    private readonly List<string> _arguments;

    public Member(string project, string name, IReadOnlyDictionary<string, string> settings)
    {
        (_project, Name) = (project, name);
        Port = Ports.Free();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromMinutes(3) };
        _arguments = ["--urls", $"http://127.0.0.1:{Port}", .. settings.SelectMany(setting => new[] { $"--NeuralMask:{setting.Key}", setting.Value })];
    }

    public string Name { get; }

    public int Port { get; }

    /// <summary>Speaks to it directly.</summary>
    public HttpClient Http { get; }

    public ChildProcess Process => _lives[^1];

    public string Log => string.Join(Environment.NewLine, _lives.SelectMany((life, index) => life.Log.Select(line => $"{Name}/{index + 1} | {line}")));

    public void Start() => _lives.Add(new ChildProcess(Name, "dotnet", [Programs.Assembly(_project), .. _arguments]));

    public void Kill() => Process.Kill();

    public void Terminate() => Process.Terminate();

    /// <summary>Waits for the end of the present process.</summary>
    public Task<int> Exit() => Process.Exit(StopLimit);

    /// <summary>Waits until it wants to be sent requests.</summary>
    public Task Ready() => Poll.Until(
        async () => Process.HasExited
            ? throw new InvalidOperationException($"{Name} ended while it started:{Environment.NewLine}{Log}")
            : await Readiness() == HttpStatusCode.OK,
        StartLimit,
        $"{Name} did not become ready within {StartLimit.TotalSeconds:0} s.");

    /// <summary>What it answers when it is asked whether it is ready; null where it does not answer.</summary>
    public async Task<HttpStatusCode?> Readiness()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/ready", UriKind.Relative));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The value of a metric at this moment, its labels as they are printed; null where it is not published.</summary>
    public async Task<double?> Metric(string series)
    {
        var text = await Metrics();
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? null : double.Parse(line.AsSpan(series.Length + 1), CultureInfo.InvariantCulture);
    }

    public Task<string> Metrics() => Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    public void Dispose()
    {
        _lives.ForEach(life => life.Dispose());
        Http.Dispose();
    }
}
