using System.Net;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NeuralMask.Api.Routing;
using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Routing.Tests;

public sealed class MattingRouterTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SiloDirectory _silos;
    private readonly Dictionary<string, FakeQueue> _queues = [];
    private readonly MattingRouter _router;

    public MattingRouterTests()
    {
        _silos = new SiloDirectory(_clock, new Random(1));
        var self = Stub.With<ILocalSiloDetails>((_, _) => SiloAddress.New(IPAddress.Loopback, 1, 1));
        var grains = Stub.With<IGrainFactory>((_, arguments) => _queues.TryGetValue((string)arguments[0]!, out var queue)
            ? queue
            : throw new ArgumentException("Could not find an implementation for the interface"));
        _router = new MattingRouter(_silos, grains, self, _clock, NullLogger<MattingRouter>.Instance);
    }

    public static TheoryData<string, Func<MattingAnswer>> Troubles => new()
    {
        { "full", () => new MattingAnswer { Outcome = MattingOutcome.Full, RetryAfter = TimeSpan.FromSeconds(7) } },
        { "draining", () => new MattingAnswer { Outcome = MattingOutcome.NotReady } },
        { "gone", () => throw new SiloUnavailableException("gone") },
        { "unknown", () => throw new OrleansException("no active nodes are compatible") },
        { "timed out", () => throw new TimeoutException() },
    };

    [Fact]
    public async Task A_picture_goes_to_a_silo_and_its_mask_comes_back()
    {
        Queue("silo", Done);

        var answer = await _router.Matte(Made.Request(), CancellationToken.None);
        Assert.Equal((MattingOutcome.Done, 1), (answer.Outcome, answer.Alpha.Length));
        var request = Assert.Single(_queues["silo"].Requests);
        Assert.Equal("operation", request.Operation);
        Assert.Equal("127.0.0.1:1@1", request.Front);

        // The silo counts it with the seconds that this front has counted it with.
        Assert.Equal(2, request.PredictedSeconds);
    }

    [Theory]
    [MemberData(nameof(Troubles), DisableDiscoveryEnumeration = true)]
    public async Task A_silo_that_is_lost_or_refuses_costs_one_try_on_another_under_the_same_id(string trouble, Func<MattingAnswer> answer)
    {
        Queue("bad", answer);
        Queue("good", Done);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(MattingOutcome.Done, (await _router.Matte(Made.Request($"operation-{i}", 0.1), CancellationToken.None)).Outcome);
        }

        // A broken call keeps the next ones away until the silo is heard of again.
        Assert.NotEmpty(_queues["bad"].Requests);
        Assert.NotEmpty(trouble);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"operation-{i}"), _queues["good"].Requests.Select(request => request.Operation));
    }

    [Fact]
    public async Task A_silo_whose_grain_types_are_not_known_yet_costs_one_try_on_another()
    {
        Queue("good", Done);
        _silos.Hear(Made.Report("new"));

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(MattingOutcome.Done, (await _router.Matte(Made.Request(), CancellationToken.None)).Outcome);
        }
    }

    [Theory]
    [InlineData(MattingOutcome.Failed)]
    [InlineData(MattingOutcome.Expired)]
    public async Task What_another_silo_would_not_do_better_is_not_tried_there(MattingOutcome outcome)
    {
        Queue("first", () => new MattingAnswer { Outcome = outcome });
        Queue("second", () => new MattingAnswer { Outcome = outcome });

        Assert.Equal(outcome, (await _router.Matte(Made.Request(), CancellationToken.None)).Outcome);
        Assert.Single(_queues.Values.SelectMany(queue => queue.Requests));
    }

    [Fact]
    public async Task Two_refusals_are_the_last_ones_words()
    {
        Queue("first", () => new MattingAnswer { Outcome = MattingOutcome.Full, RetryAfter = TimeSpan.FromSeconds(7), Reason = "full" });
        Queue("second", () => new MattingAnswer { Outcome = MattingOutcome.Full, RetryAfter = TimeSpan.FromSeconds(7), Reason = "full" });
        Queue("third", Done);
        var answer = await _router.Matte(Made.Request(), CancellationToken.None);
        while (answer.Outcome == MattingOutcome.Done)
        {
            answer = await _router.Matte(Made.Request(), CancellationToken.None);
        }

        Assert.Equal((MattingOutcome.Full, TimeSpan.FromSeconds(7), "full"), (answer.Outcome, answer.RetryAfter, answer.Reason));
    }

    [Fact]
    public async Task Two_lost_silos_are_a_refusal_that_says_when_to_come_back()
    {
        Queue("first", () => throw new SiloUnavailableException());
        Queue("second", () => throw new SiloUnavailableException());
        Queue("third", () => throw new SiloUnavailableException());

        var answer = await _router.Matte(Made.Request(), CancellationToken.None);
        Assert.Equal(2, _queues.Values.Sum(queue => queue.Requests.Count));
        Assert.Equal(MattingOutcome.NotReady, answer.Outcome);
        Assert.Contains("lost on two silos", answer.Reason, StringComparison.Ordinal);
        Assert.True(answer.RetryAfter > TimeSpan.Zero);
    }

    [Fact]
    public async Task All_silos_full_is_a_refusal_without_a_call()
    {
        Queue("silo", Done);
        _silos.Hear(Made.Report("silo", sequence: 2, queued: 60, length: 30));

        var answer = await _router.Matte(Made.Request(), CancellationToken.None);
        Assert.Equal(MattingOutcome.Full, answer.Outcome);
        Assert.True(answer.RetryAfter > TimeSpan.Zero);
        Assert.Empty(_queues["silo"].Requests);
    }

    [Fact]
    public async Task A_picture_waits_while_the_only_silo_restarts()
    {
        Queue("before", () => throw new SiloUnavailableException());
        var waiting = _router.Matte(Made.Request(), CancellationToken.None);

        // Its connections are refused at once, and its silence is noticed later: it is not tried again in between.
        for (var quarter = 0; quarter < 20; quarter++)
        {
            _silos.Watch();
            _clock.Advance(SiloDirectory.DeadAfter / 4);
        }

        Assert.False(waiting.IsCompleted);
        Assert.Single(_queues["before"].Requests);

        Queue("after", Done);
        Assert.Equal(MattingOutcome.Done, (await waiting).Outcome);
        Assert.Equal("operation", Assert.Single(_queues["after"].Requests).Operation);
    }

    [Fact]
    public async Task A_silo_that_falls_silent_is_left_and_the_picture_goes_to_another()
    {
        var never = new TaskCompletionSource<MattingAnswer>();
        _queues["silent"] = new FakeQueue((_, _) => never.Task);
        _silos.Hear(Made.Report("silent"));
        var running = _router.Matte(Made.Request(), CancellationToken.None);
        _clock.Advance(SiloDirectory.DeadAfter);
        Queue("other", Done);
        Assert.False(running.IsCompleted);

        _silos.Watch();
        Assert.Equal(MattingOutcome.Done, (await running).Outcome);
        Assert.True(Assert.Single(_queues["silent"].Tokens).IsCancellationRequested);
    }

    [Fact]
    public async Task A_silo_that_beats_and_does_not_answer_is_left_in_the_end()
    {
        var never = new TaskCompletionSource<MattingAnswer>();
        _queues["stuck"] = new FakeQueue((_, _) => never.Task);
        _silos.Hear(Made.Report("stuck"));
        var running = _router.Matte(Made.Request(), CancellationToken.None);
        Queue("other", Done);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(running.IsCompleted);

        _silos.Hear(Made.Report("other", sequence: 2));
        _clock.Advance(TimeSpan.FromMilliseconds(990));
        _silos.Hear(Made.Report("other", sequence: 3));
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(MattingOutcome.Done, (await running).Outcome);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_cancels_the_call_and_nothing_is_tried_again()
    {
        var never = new TaskCompletionSource<MattingAnswer>();
        _queues["silo"] = new FakeQueue((_, _) => never.Task);
        _silos.Hear(Made.Report("silo"));
        Queue("other", Done);
        _silos.Hear(Made.Report("other", sequence: 2, queued: 50, length: 5));
        using var caller = new CancellationTokenSource();
        var running = _router.Matte(Made.Request(), caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(Assert.Single(_queues["silo"].Tokens).IsCancellationRequested);
        Assert.Empty(_queues["other"].Requests);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_while_its_picture_waits_for_a_silo_stops_waiting()
    {
        _silos.Hear(Made.Report("silo", draining: true));
        using var caller = new CancellationTokenSource();
        var waiting = _router.Matte(Made.Request(), caller.Token);
        Assert.False(waiting.IsCompleted);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_report_that_comes_with_an_answer_is_heard()
    {
        Queue("silo", () => new MattingAnswer { Outcome = MattingOutcome.Done, Report = Made.Report("silo", sequence: 2, queued: 60, length: 30, arrived: 1) });

        await _router.Matte(Made.Request(), CancellationToken.None);
        Assert.Equal(Choice.AllFull, _silos.Choose(Made.Model, null, null, out _));
    }

    private static MattingAnswer Done() => new() { Outcome = MattingOutcome.Done, Alpha = [255], Width = 1, Height = 1 };

    private void Queue(string silo, Func<MattingAnswer> answer)
    {
        _queues[silo] = new FakeQueue((_, _) => Task.Run(answer));
        _silos.Hear(Made.Report(silo));
    }

    /// <summary>The queue of a silo as a front sees it.</summary>
    private sealed class FakeQueue(Func<MattingRequest, CancellationToken, Task<MattingAnswer>> answer) : IMattingQueueGrain
    {
        public List<MattingRequest> Requests { get; } = [];

        public List<CancellationToken> Tokens { get; } = [];

        public Task<MattingAnswer> Enqueue(MattingRequest request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            Tokens.Add(cancellationToken);
            return answer(request, cancellationToken);
        }
    }
}

/// <summary>Answers every member of an interface by one function.</summary>
public class Stub : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = null!;

    public static T With<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var stub = Create<T, Stub>();
        ((Stub)(object)stub)._answer = answer;
        return stub;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
