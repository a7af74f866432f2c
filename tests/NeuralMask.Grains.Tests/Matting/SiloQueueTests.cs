using CsCheck;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Providers;
using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting;
using NeuralMask.Testing;

namespace NeuralMask.Grains.Tests.Matting;

public sealed class SiloQueueTests : IDisposable
{
    private const double Bound = 10;
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly SiloSessions _sessions;
    private readonly SiloQueue _queue;
    private readonly List<string> _rejected = [];
    private readonly List<double> _taken = [];
    private readonly List<double> _ran = [];

    public SiloQueueTests()
    {
        var options = Options.Create(new InferenceOptions { MaxQueueSeconds = Bound, MaxQueueMegabytes = 1, SimulatedSeconds = 2 });
        _sessions = Made.Sessions(new SimulatedSessionOpener(options), _clock);
        _queue = new SiloQueue(_sessions, options, _clock);
        _queue.Rejected += _rejected.Add;
        _queue.Taken += _taken.Add;
        _queue.Ran += _ran.Add;
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Nothing_is_taken_before_the_model_is_warm()
    {
        Assert.False(_queue.IsReady);

        var refusal = Refused(Made.Picture());
        Assert.Equal(MattingOutcome.NotReady, refusal.Outcome);
        Assert.True(refusal.RetryAfter > TimeSpan.Zero);
        Assert.Empty(_queue.Report("front", "silo").Models);
        Assert.Equal(["not_ready"], _rejected);
    }

    [Fact]
    public void A_model_that_is_not_warm_here_is_refused_by_name()
    {
        Warm();

        var refusal = Refused(Made.Picture(model: "other"));
        Assert.Equal(MattingOutcome.NotReady, refusal.Outcome);
        Assert.Contains("other", refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(["not_ready"], _rejected);
    }

    [Fact]
    public void A_deadline_that_has_passed_is_refused_and_counted_like_one_that_passes_in_the_queue()
    {
        Warm();

        Assert.Equal(MattingOutcome.Expired, Refused(Made.Picture(deadline: _clock.GetUtcNow())).Outcome);
        Assert.Null(_queue.Take());
        Assert.Equal(["deadline"], _rejected);
    }

    [Fact]
    public async Task A_deadline_that_passes_in_the_queue_is_answered_and_never_runs()
    {
        Warm();
        var late = Admitted(Made.Picture(1, deadline: _clock.GetUtcNow().AddSeconds(1)));
        var next = Admitted(Made.Picture(2));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(next, _queue.Take());
        var answer = await late.Answer;
        Assert.Equal(MattingOutcome.Expired, answer.Outcome);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Waited);
        Assert.Equal(["deadline"], _rejected);
        Assert.Equal([1], _taken);
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_leaves_the_queue_at_once()
    {
        Warm();
        using var caller = new CancellationTokenSource();
        var gone = Admitted(Made.Picture(1), caller);
        var next = Admitted(Made.Picture(2));
        await caller.CancelAsync();

        Assert.Equal((1, 1, 0), _queue.Load());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.Answer);
        Assert.Same(next, _queue.Take());
        Assert.Null(_queue.Take());
        Assert.Equal(["cancelled"], _rejected);
    }

    [Fact]
    public async Task A_caller_that_is_gone_before_it_is_queued_is_not_queued()
    {
        Warm();
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();
        var gone = Admitted(Made.Picture(), caller);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.Answer);
        Assert.Null(_queue.Take());
        Assert.Equal((0, 0, 0), _queue.Load());
        Assert.Equal(["cancelled"], _rejected);
    }

    [Fact]
    public void A_queue_that_is_full_by_seconds_says_when_to_come_back()
    {
        Warm();
        for (var number = 0; number < (int)Bound; number++)
        {
            Admitted(Made.Picture(tenant: $"tenant-{number}"));
        }

        var refusal = Refused(Made.Picture(tenant: "one more"));
        Assert.Equal(MattingOutcome.Full, refusal.Outcome);
        Assert.Equal(TimeSpan.FromSeconds(Bound / 2), refusal.RetryAfter);
        Assert.Equal(["full"], _rejected);
        Assert.Equal(((int)Bound, Bound, 0), _queue.Load());
    }

    [Fact]
    public void One_tenant_cannot_fill_the_queue()
    {
        Warm();
        for (var number = 0; number < (int)Bound / 2; number++)
        {
            Admitted(Made.Picture(tenant: "flood"));
        }

        Assert.Equal(MattingOutcome.Full, Refused(Made.Picture(tenant: "flood")).Outcome);
        Admitted(Made.Picture(tenant: "other"));
    }

    [Fact]
    public void The_bound_of_bytes_holds_and_is_given_back()
    {
        Warm();
        const int Large = 700 * 1024;
        Admitted(Made.Picture(1, tenant: "first", bytes: Large));

        Assert.Equal(MattingOutcome.Full, Refused(Made.Picture(2, tenant: "second", bytes: Large)).Outcome);
        Assert.NotNull(_queue.Take());
        Admitted(Made.Picture(2, tenant: "second", bytes: Large));
    }

    [Fact]
    public void Bytes_are_given_back_however_a_picture_leaves()
    {
        var model = ToyModel.Load(_folder.Path, ToyGraph.Sigmoid);
        Gen.Int[0, 2].List[1, 30].Sample(ways =>
        {
            var clock = new FakeTimeProvider();
            using var sessions = new Warmed(model, clock);
            foreach (var way in ways)
            {
                using var caller = new CancellationTokenSource();
                var deadline = way == 1 ? clock.GetUtcNow().AddSeconds(1) : DateTimeOffset.MaxValue;
                var (picture, refusal) = sessions.Queue.Admit(Made.Picture(bytes: 900 * 1024, deadline: deadline), caller.Token);
                Assert.Null(refusal);
                switch (way)
                {
                    case 0:
                        Assert.Same(picture, sessions.Queue.Take());
                        sessions.Queue.Finish(picture!, new MattingAnswer { Outcome = MattingOutcome.Done });
                        break;
                    case 1:
                        clock.Advance(TimeSpan.FromSeconds(1));
                        Assert.Null(sessions.Queue.Take());
                        break;
                    default:
                        caller.Cancel();
                        break;
                }

                Assert.Equal((0, 0, 0), sessions.Queue.Load());
            }
        }, iter: 20);
    }

    [Fact]
    public void A_report_holds_what_waits_and_what_is_left_of_what_runs()
    {
        Warm();
        Admitted(Made.Picture(1, tenant: "first", seconds: 4));
        Admitted(Made.Picture(2, tenant: "second", seconds: 3));
        var running = _queue.Take();
        _clock.Advance(TimeSpan.FromSeconds(1));

        var report = _queue.Report("front", "silo");
        Assert.Equal(("silo", 1, 1, false), (report.Silo, report.Sessions, report.QueueLength, report.Draining));
        Assert.Equal((3, 3, Bound), (report.QueuedSeconds, report.RunningSeconds, report.BoundSeconds));
        var model = Assert.Single(report.Models);
        Assert.Equal(("toy", "simulated", 2), (model.Id, model.Provider, model.SecondsPerRun));

        // Longer than was predicted: nothing is left, and not less than nothing.
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, _queue.Report("front", "silo").RunningSeconds);
        _queue.Finish(running!, new MattingAnswer { Outcome = MattingOutcome.Done });
        Assert.Equal((1, 3, 0), _queue.Load());
    }

    [Fact]
    public void A_report_counts_what_has_arrived_from_each_front_and_grows()
    {
        Warm();
        Admitted(Made.Picture(1, front: "first"));
        Admitted(Made.Picture(2, front: "first"));
        Refused(Made.Picture(3, front: "first", model: "other"));
        Admitted(Made.Picture(4, front: "second"));

        // A refusal has arrived as well: the front must not think of it as still on its way.
        Assert.Equal(3, _queue.Report("first", "silo").Arrived);
        Assert.Equal(1, _queue.Report("second", "silo").Arrived);
        Assert.Equal(0, _queue.Report("third", "silo").Arrived);
        Assert.True(_queue.Report("first", "silo").Sequence < _queue.Report("second", "silo").Sequence);
    }

    [Fact]
    public void A_picture_without_a_prediction_takes_the_time_of_the_warm_up()
    {
        Warm();
        Admitted(Made.Picture(seconds: 0));

        Assert.Equal((1, 2, 0), _queue.Load());
    }

    [Fact]
    public async Task What_has_run_is_answered_with_its_times()
    {
        Warm();
        var picture = Admitted(Made.Picture());
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Same(picture, _queue.Take());
        _queue.Finish(picture, new MattingAnswer { Outcome = MattingOutcome.Done, Ran = TimeSpan.FromSeconds(2) });

        var answer = await picture.Answer;
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2)), (answer.Waited, answer.Ran));
        Assert.Equal([3], _taken);
        Assert.Equal([2], _ran);
        Assert.Empty(_rejected);
    }

    [Fact]
    public async Task A_draining_queue_takes_nothing_new_and_ends_with_its_last_picture()
    {
        Warm();
        var first = Admitted(Made.Picture(1));
        var second = Admitted(Made.Picture(2));
        _queue.Take();
        var drained = _queue.Drain(CancellationToken.None);

        Assert.False(_queue.IsReady);
        Assert.True(_queue.Report("front", "silo").Draining);
        Assert.Equal(MattingOutcome.NotReady, Refused(Made.Picture(3)).Outcome);
        _queue.Finish(first, new MattingAnswer { Outcome = MattingOutcome.Done });
        Assert.False(drained.IsCompleted);

        Assert.Same(second, _queue.Take());
        _queue.Finish(second, answer: null);
        await drained;
    }

    [Fact]
    public async Task A_draining_queue_ends_when_its_last_picture_leaves_or_expires()
    {
        Warm();
        using var caller = new CancellationTokenSource();
        Admitted(Made.Picture(1), caller);
        Admitted(Made.Picture(2, deadline: _clock.GetUtcNow().AddSeconds(1)));
        var drained = _queue.Drain(CancellationToken.None);
        await caller.CancelAsync();
        Assert.False(drained.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(_queue.Take());
        await drained;
    }

    [Fact]
    public async Task An_empty_queue_drains_at_once_and_twice() =>
        await Task.WhenAll(_queue.Drain(CancellationToken.None), _queue.Drain(CancellationToken.None));

    private void Warm() => _sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);

    private QueuedPicture Admitted(MattingRequest request, CancellationTokenSource? caller = null)
    {
        var (picture, refusal) = _queue.Admit(request, caller?.Token ?? CancellationToken.None);
        Assert.Null(refusal);
        return picture!;
    }

    private MattingAnswer Refused(MattingRequest request)
    {
        var (picture, refusal) = _queue.Admit(request, CancellationToken.None);
        Assert.Null(picture);
        Assert.NotEmpty(refusal!.Reason);
        return refusal;
    }

    private sealed class Warmed : IDisposable
    {
        private readonly SiloSessions _sessions;

        public Warmed(LoadedModel model, TimeProvider clock)
        {
            var options = Options.Create(new InferenceOptions { MaxQueueMegabytes = 1 });
            _sessions = Made.Sessions(new SimulatedSessionOpener(options), clock);
            _sessions.Open(model, CancellationToken.None);
            Queue = new SiloQueue(_sessions, options, clock);
        }

        public SiloQueue Queue { get; }

        public void Dispose() => _sessions.Dispose();
    }
}
