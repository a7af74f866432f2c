using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.Overload;

/// <summary>What happens when more comes in than can be done, when it takes too long, and when the caller has gone.</summary>
public sealed class OverloadTests
{
    private static readonly Disc Disc = Drawn.Middle(160, 120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pictures_that_do_not_fit_into_memory_are_refused_for_now()
    {
        await using var front = await Front.Start("NeuralMask:MemoryBudgetMegabytes=27");

        var refused = await front.Client.Process(Drawn.Middle(1200, 900).Jpeg());
        refused.Problem(503, "overloaded");
        Assert.True(refused.Number("Retry-After") >= 1);
        refused = await front.Client.RemoveBg(Drawn.Middle(1200, 900).Jpeg());
        refused.Error(503, "overloaded");
        Assert.True(refused.Number("Retry-After") >= 1);

        // What was refused holds nothing.
        for (var i = 0; i < 10; i++)
        {
            Disc.IsKeptIn((await front.Client.Process(Disc.Png())).Png());
        }
    }

    [Fact]
    public async Task What_does_not_fit_into_the_queue_is_refused_and_what_waits_is_done()
    {
        using var clock = new HeldClock();
        await using var front = await Front.Start(
            Use(clock), "NeuralMask:Provider=simulated", "NeuralMask:SimulatedSeconds=1", "NeuralMask:MaxQueueSeconds=2");
        clock.Hold();

        // The first is in the session; of the two seconds that may wait, one caller alone may hold one: one more picture.
        var first = front.Client.Process(Disc.Png());
        await clock.SessionHeld();
        var others = Enumerable.Range(0, 8).Select(_ => front.Client.Process(Disc.Png())).ToList();
        var refused = new List<Answer>();
        while (refused.Count < 7)
        {
            var next = await Task.WhenAny(others);
            others.Remove(next);
            refused.Add(await next);
        }

        Assert.Contains("\nneural_mask_queue_length 1\n", await front.Metrics(), StringComparison.Ordinal);
        clock.Release();
        (await first).Png();
        (await Assert.Single(others)).Png();
        Assert.All(refused, answer =>
        {
            answer.Problem(503, "overloaded");
            Assert.True(answer.Number("Retry-After") >= 1);
        });
        await IsCounted(front, "overload", 7);
    }

    [Theory]
    [InlineData("/process")]
    [InlineData("/v1.0/removebg")]
    public async Task A_deadline_that_passes_ends_the_wait(string path)
    {
        using var clock = new HeldClock(TimeSpan.FromSeconds(599), TimeSpan.FromSeconds(598));
        await using var front = await Front.Start(Use(clock), "NeuralMask:DeadlineSeconds=599", "NeuralMask:RemoveBgDeadlineSeconds=598");
        clock.Hold();
        var running = front.Client.Post(path, Sent.Form([], ("image_file", Disc.Png())));
        await clock.SessionHeld();

        clock.PassDeadlines();

        var answer = await running;
        clock.Release();
        Assert.Contains(path == "/process" ? "599 s" : "598 s", path == "/process" ? answer.Problem(504, "deadline_exceeded") : answer.Error(504, "deadline_exceeded"), StringComparison.Ordinal);
        await IsCounted(front, "server", 1);
        Disc.IsKeptIn((await front.Client.Process(Disc.Png())).Png());
    }

    [Theory]
    [InlineData("/process")]
    [InlineData("/v1.0/removebg")]
    public async Task A_caller_that_hangs_up_is_nobody_elses_fault(string path)
    {
        using var clock = new HeldClock();
        await using var front = await Front.Start(Use(clock));
        clock.Hold();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var content = Sent.Form([], ("image_file", Disc.Png()));
        var running = front.Client.PostAsync(path, content, patience.Token);
        await clock.SessionHeld();

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await IsCounted(front, "client", 1);
        clock.Release();
        Disc.IsKeptIn((await front.Client.Process(Disc.Png())).Png());
        await IsCounted(front, "server", 0);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_in_the_middle_of_its_upload_is_nobody_elses_fault()
    {
        await using var front = await Front.Start();
        using (var socket = await RawSocket.Connect(front.Port))
        {
            await socket.Send("POST /process HTTP/1.1", "Host: test", "Content-Length: 100000", "Expect: 100-continue");
            await socket.Continues();
            await socket.Send(Disc.Png());
        }

        await IsCounted(front, "client", 1);
        await IsCounted(front, "server", 0);
    }

    [Fact]
    public async Task What_is_under_way_when_the_service_stops_is_answered()
    {
        using var clock = new HeldClock();
        await using var front = await Front.Start(Use(clock));

        // One picture is in the session, one waits for it, and one is still being uploaded.
        clock.Hold();
        var running = front.Client.Process(Disc.Png());
        await clock.SessionHeld();
        var waiting = front.Client.Process(Disc.Png());
        await Eventually.True(
            async () => (await front.Metrics()).Contains("\nneural_mask_queue_length 1\n", StringComparison.Ordinal),
            "the second picture did not come to the queue");
        using var socket = await RawSocket.Connect(front.Port);
        var picture = Disc.Png();
        await socket.Send("POST /process HTTP/1.1", "Host: test", $"Content-Length: {picture.Length}", "Expect: 100-continue");
        await socket.Continues();
        await socket.Send(picture[..100]);

        var stopping = front.App.StopAsync(Cancel);
        await Eventually.True(() => front.App.Lifetime.ApplicationStopping.IsCancellationRequested, "the service did not begin to stop");
        await socket.Send(picture[100..]);
        clock.Release();

        Disc.IsKeptIn((await running).Png());
        Disc.IsKeptIn((await waiting).Png());
        Disc.IsKeptIn((await socket.Receive()).Png());
        await stopping;
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => front.Client.GetAsync("/health", Cancel));
    }

    private static Action<WebApplicationBuilder> Use(HeldClock clock) => builder => builder.Services.AddSingleton<TimeProvider>(clock);

    // A request is counted when it has ended, which may be a moment after its caller has the answer.
    private static Task IsCounted(Front front, string fault, int count) => Eventually.True(
        async () => (await front.Metrics()).Contains($"\nneural_mask_request_errors_total{{class=\"{fault}\"}} {count}\n", StringComparison.Ordinal),
        $"the errors of class {fault} were not counted as {count}");
}
