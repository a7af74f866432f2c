using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace NeuralMask.Cluster.Tests.Load;

/// <summary>Sends pictures and keeps what came of each. It never sends one twice.</summary>
internal sealed class Caller(HttpClient http)
{
    private readonly ConcurrentQueue<Answered> _answers = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private int _sent;
    private int _open;

    /// <summary>Seconds since the caller was made.</summary>
    public double Now => TimeProvider.System.GetElapsedTime(_began).TotalSeconds;

    /// <summary>Requests under way.</summary>
    public int Open => Volatile.Read(ref _open);

    public IReadOnlyList<Answered> Answers => [.. _answers];

    /// <summary>Sends one picture and reads the answer to its end.</summary>
    public async Task<Answered> Send(string tenant, CancellationToken cancellationToken = default)
    {
        var sample = Sample.Of(Interlocked.Increment(ref _sent));
        Interlocked.Increment(ref _open);
        var start = Now;
        Answered answer;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/process", UriKind.Relative)) { Content = new ByteArrayContent(sample.Jpeg) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            request.Headers.Add("X-Api-Key", tenant);
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var fault = response.IsSuccessStatusCode ? sample.Fault(body) : $"{(int)response.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}";
            answer = new Answered(tenant, start, Now - start, response.StatusCode, response.Headers.RetryAfter?.Delta, fault);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            answer = new Answered(tenant, start, Now - start, null, null, $"{failure.Message} {failure.InnerException?.Message}");
        }

        Interlocked.Decrement(ref _open);
        _answers.Enqueue(answer);
        return answer;
    }

    /// <summary>Sends at a steady rate whatever becomes of it, as many callers who know nothing of each other do.</summary>
    public async Task AtRate(double perSecond, int tenants, CancellationToken until)
    {
        var sent = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond));
        try
        {
            do
            {
                sent.Add(Send($"tenant-{sent.Count % tenants}", CancellationToken.None));
            }
            while (await timer.WaitForNextTickAsync(until));
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // No more are sent; those under way are waited for.
        }

        await Task.WhenAll(sent);
    }

    /// <summary>Keeps a number of requests under way, and hangs up on those that are left in the end.</summary>
    public Task Keep(int open, string tenant, CancellationToken until) => Task.WhenAll(Enumerable.Range(0, open).Select(async _ =>
    {
        while (!until.IsCancellationRequested)
        {
            await Send(tenant, until);
        }
    }));
}
