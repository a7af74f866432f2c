using System.Globalization;

namespace NeuralMask.Cluster.Tests.Processes;

/// <summary>
/// HAProxy in front of the fronts, as an ingress would be. It tries another front only where no connection could be
/// made: nothing was sent then, so that even a request that must not be repeated is not. Each request has a connection
/// of its own, since one that is kept may end under a request.
/// </summary>
internal sealed class Proxy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("neuralmask-proxy-");
    private readonly ChildProcess _process;

    public Proxy(IEnumerable<Member> fronts)
    {
        var port = Ports.Free();
        var servers = fronts.Select(front => $"    server {front.Name} 127.0.0.1:{front.Port.ToString(CultureInfo.InvariantCulture)} check");
        var settings = Path.Combine(_folder.FullName, "haproxy.cfg");
        File.WriteAllText(settings, $"""
            global
                maxconn 2000
            defaults
                mode http
                timeout connect 1s
                timeout client 120s
                timeout server 120s
                timeout check 5s
                option http-server-close
                option redispatch 1
                retries 3
                retry-on conn-failure
                default-server inter 500 fall 1 rise 1
            listen fronts
                bind 127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}
                balance roundrobin
                option httpchk GET /ready
                http-check expect status 200
            {string.Join('\n', servers)}

            """);
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(30) })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromMinutes(3),
        };
        _process = new ChildProcess("haproxy", Programs.Get("haproxy"), "-db", "-f", settings);
    }

    public HttpClient Http { get; }

    public string Log => string.Join(Environment.NewLine, _process.Log.Select(line => $"haproxy | {line}"));

    /// <summary>Waits until it has found a front.</summary>
    public Task Ready() => Poll.Until(
        async () =>
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri("/ready", UriKind.Relative));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                return false;
            }
        },
        TimeSpan.FromSeconds(60),
        "HAProxy finds no front.");

    public void Dispose()
    {
        _process.Dispose();
        Http.Dispose();
        _folder.Delete(recursive: true);
    }
}
