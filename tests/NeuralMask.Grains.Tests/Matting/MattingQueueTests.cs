using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting;

namespace NeuralMask.Grains.Tests.Matting;

public sealed class MattingQueueTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Pictures_are_handed_out_in_the_order_of_their_arrival()
    {
        var queue = new MattingQueue(_clock);
        foreach (var name in new[] { "a", "b", "c" })
        {
            Assert.NotNull(queue.TryAdd(Request(name), 10, CancellationToken.None));
        }

        Assert.Equal(["a", "b", "c"], new[] { queue.Take(), queue.Take(), queue.Take() }.Select(job => job!.Request.Operation));
    }

    [Fact]
    public void A_full_queue_refuses_at_once_and_takes_again_when_there_is_room()
    {
        var queue = new MattingQueue(_clock);
        queue.TryAdd(Request("a"), 1, CancellationToken.None);

        Assert.Null(queue.TryAdd(Request("b"), 1, CancellationToken.None));
        queue.Take();
        Assert.NotNull(queue.TryAdd(Request("c"), 1, CancellationToken.None));
    }

    [Fact]
    public async Task A_caller_that_hangs_up_frees_its_place_and_never_runs()
    {
        var queue = new MattingQueue(_clock);
        using var caller = new CancellationTokenSource();
        var gone = queue.TryAdd(Request("gone"), 1, caller.Token)!;
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.Answer);
        Assert.Equal(0, queue.Length);
        Assert.NotNull(queue.TryAdd(Request("next"), 1, CancellationToken.None));
        Assert.Equal("next", queue.Take()!.Request.Operation);
    }

    [Fact]
    public async Task A_caller_that_was_gone_before_it_came_never_runs()
    {
        var queue = new MattingQueue(_clock);

        var gone = queue.TryAdd(Request("gone"), 1, new CancellationToken(canceled: true))!;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.Answer);
        Assert.Equal(0, queue.Length);
    }

    [Fact]
    public async Task A_passed_deadline_is_answered_and_skipped()
    {
        var queue = new MattingQueue(_clock);
        var late = queue.TryAdd(Request("late", seconds: 5), 10, CancellationToken.None)!;
        queue.TryAdd(Request("patient", seconds: 60), 10, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("patient", queue.Take()!.Request.Operation);
        var answer = await late.Answer;
        Assert.Equal(MattingOutcome.Expired, answer.Outcome);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Waited);
    }

    [Fact]
    public void A_closed_queue_hands_out_what_it_has_and_then_ends()
    {
        var queue = new MattingQueue(_clock);
        queue.TryAdd(Request("a"), 10, CancellationToken.None);
        queue.Close();

        Assert.Null(queue.TryAdd(Request("b"), 10, CancellationToken.None));
        Assert.Equal("a", queue.Take()!.Request.Operation);
        Assert.Null(queue.Take());
        Assert.Null(queue.Take());
    }

    /// <summary>Whatever happens in whatever order: each picture ends in exactly one way, and the length counts those that wait.</summary>
    [Fact]
    public void Every_picture_ends_once() => Gen.Int[0, 4].Array[1, 60].Sample(steps =>
    {
        var clock = new FakeTimeProvider();
        var queue = new MattingQueue(clock);
        var waiting = new List<(MattingJob Job, CancellationTokenSource Caller)>();
        foreach (var step in steps)
        {
            switch (step)
            {
                case 0 or 1:
                    var caller = new CancellationTokenSource();
                    var job = queue.TryAdd(Request("p", seconds: 10), 5, caller.Token);
                    if ((job is null) != (waiting.Count == 5))
                    {
                        return false;
                    }

                    if (job is not null)
                    {
                        waiting.Add((job, caller));
                    }

                    break;
                case 2 when waiting.Count > 0:
                    var alive = waiting.Where(entry => entry.Job.Request.Deadline > clock.GetUtcNow()).ToList();
                    if (alive.Count == 0)
                    {
                        continue;
                    }

                    if (queue.Take() != alive[0].Job)
                    {
                        return false;
                    }

                    waiting = [.. alive.Skip(1)];
                    break;
                case 3 when waiting.Count > 0:
                    waiting[^1].Caller.Cancel();
                    waiting.RemoveAt(waiting.Count - 1);
                    break;
                default:
                    clock.Advance(TimeSpan.FromSeconds(3));
                    break;
            }

            if (queue.Length != waiting.Count)
            {
                return false;
            }
        }

        return true;
    });

    private static MattingRequest Request(string operation, int seconds = 60, FakeTimeProvider? clock = null) => new()
    {
        Operation = operation,
        Rgb = ReadOnlyMemory<byte>.Empty,
        Width = 0,
        Height = 0,
        Deadline = (clock ?? new FakeTimeProvider()).GetUtcNow().AddSeconds(seconds),
    };
}
