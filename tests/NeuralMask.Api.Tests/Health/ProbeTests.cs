using System.Net;
using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.Health;

/// <summary>What an orchestrator and a monitoring system see, before the model is warm and after.</summary>
public sealed class ProbeTests
{
    private static readonly Disc Disc = Drawn.Middle(160, 120);

    [Fact]
    public async Task A_service_that_still_loads_is_alive_and_not_ready()
    {
        using var model = new HeldModel();
        await using var front = await Front.StartLoading(model.Replace);
        try
        {
            Assert.Equal(HttpStatusCode.OK, (await Get(front, "/health")).Status);
            var ready = await Get(front, "/ready");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
            Assert.Contains("model", ready.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain("\nneural_mask_queue_length", await front.Metrics(), StringComparison.Ordinal);

            var early = await front.Client.Process(Disc.Png());
            early.Problem(503, "overloaded");
            Assert.True(early.Number("Retry-After") >= 1);
            early = await front.Client.RemoveBg(Disc.Png());
            early.Error(503, "overloaded");
            Assert.True(early.Number("Retry-After") >= 1);
        }
        finally
        {
            model.Release();
        }

        await front.BecomesReady();
        Assert.Equal(HttpStatusCode.OK, (await Get(front, "/health")).Status);
        Assert.Contains("\nneural_mask_queue_length 0\n", await front.Metrics(), StringComparison.Ordinal);
        Disc.IsKeptIn((await front.Client.Process(Disc.Png())).Png());
    }

    [Fact]
    public async Task Metrics_are_there_before_the_first_request_and_count_what_callers_got()
    {
        await using var front = await Front.Start();

        var metrics = await front.Metrics();
        foreach (var name in new[] { "neural_mask_requests_total", "neural_mask_request_errors_total", "neural_mask_request_duration_seconds", "neural_mask_queue_length" })
        {
            Assert.Contains($"# TYPE {name} ", metrics, StringComparison.Ordinal);
        }

        foreach (var fault in new[] { "client", "overload", "server" })
        {
            Assert.Contains($"\nneural_mask_request_errors_total{{class=\"{fault}\"}} 0\n", metrics, StringComparison.Ordinal);
        }

        foreach (var endpoint in new[] { "process", "removebg" })
        {
            Assert.Contains($"\nneural_mask_requests_total{{endpoint=\"{endpoint}\"}} 0\n", metrics, StringComparison.Ordinal);
            Assert.Contains($"\nneural_mask_request_duration_seconds_count{{endpoint=\"{endpoint}\"}} 0\n", metrics, StringComparison.Ordinal);
        }

        (await front.Client.Process(Disc.Png())).Good();
        (await front.Client.Process(Disc.Jpeg())).Good();
        (await front.Client.Process(Files.Tiff)).Problem(415, "invalid_file_type");
        (await front.Client.RemoveBg(Disc.Png())).Good();
        (await front.Client.RemoveBg(Files.Tiff)).Error(400, "invalid_file_type");
        await Get(front, "/nowhere");
        await Get(front, "/ready");

        // A request is counted when it has ended, which may be a moment after its caller has the answer.
        await Eventually.True(
            async () =>
            {
                metrics = await front.Metrics();
                return metrics.Contains("\nneural_mask_requests_total{endpoint=\"process\"} 3\n", StringComparison.Ordinal)
                    && metrics.Contains("\nneural_mask_requests_total{endpoint=\"removebg\"} 2\n", StringComparison.Ordinal);
            },
            "the five requests were not counted");
        Assert.Contains("\nneural_mask_request_duration_seconds_count{endpoint=\"process\"} 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nneural_mask_request_errors_total{class=\"client\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nneural_mask_request_errors_total{class=\"overload\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nneural_mask_request_errors_total{class=\"server\"} 0\n", metrics, StringComparison.Ordinal);
    }

    private static async Task<Answer> Get(Front front, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await front.Client.Ask(request);
    }
}
