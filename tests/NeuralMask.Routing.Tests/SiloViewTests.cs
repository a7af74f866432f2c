using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NeuralMask.Api.Routing;

namespace NeuralMask.Routing.Tests;

public sealed class SiloViewTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void The_wait_is_the_report_aged_by_the_clock_and_what_was_sent_since()
    {
        var view = new SiloView(Made.Report(queued: 6, running: 2), _clock);
        Assert.Equal(8, view.Wait);

        view.Send(3);
        Assert.Equal(11, view.Wait);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(6, view.Wait);

        // The silo works on what was sent as on the rest.
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, view.Wait);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, view.Wait);
    }

    [Fact]
    public void Several_sessions_work_side_by_side()
    {
        var view = new SiloView(Made.Report(sessions: 4, queued: 20, running: 4), _clock);
        Assert.Equal(6, view.Wait);

        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(4, view.Wait);
    }

    [Fact]
    public void What_was_sent_is_forgotten_exactly_when_a_report_has_counted_it() =>
        Gen.Select(Gen.Double[0.1, 9].List[1, 40], Gen.Int[0, 3].List[1, 80]).Sample((pictures, steps) =>
        {
            var view = new SiloView(Made.Report(), _clock);
            var (sent, arrived, sequence) = (0, 0, 1L);
            foreach (var step in steps)
            {
                if (step < 2 && sent < pictures.Count)
                {
                    view.Send(pictures[sent++]);
                }
                else if (step == 2)
                {
                    arrived = Math.Min(sent, arrived + 1);
                }
                else
                {
                    view.Hear(Made.Report(sequence: ++sequence, arrived: arrived));
                    Assert.Equal(pictures.Take(sent).Skip(arrived).Sum(), view.Wait, 1e-9);
                }
            }
        });

    [Fact]
    public void A_picture_that_never_arrives_is_forgotten_in_the_end()
    {
        var view = new SiloView(Made.Report(), _clock);
        view.Send(1);
        view.Send(2);
        _clock.Advance(TimeSpan.FromSeconds(4));
        view.Send(4);
        view.Hear(Made.Report(sequence: 2, arrived: 1));
        Assert.Equal(6, view.Wait);

        _clock.Advance(TimeSpan.FromSeconds(4));
        view.Hear(Made.Report(sequence: 3, arrived: 1));
        Assert.Equal(4, view.Wait);
        view.Hear(Made.Report(sequence: 4, arrived: 2));
        Assert.Equal(0, view.Wait);

        // One that comes after all is not taken for one of those that are sent later.
        view.Hear(Made.Report(sequence: 5, arrived: 3));
        view.Send(8);
        view.Hear(Made.Report(sequence: 6, arrived: 3));
        Assert.Equal(8, view.Wait);
    }

    [Fact]
    public void A_silo_that_was_forgotten_has_counted_what_was_sent_before()
    {
        var view = new SiloView(Made.Report(arrived: 1000), _clock);
        view.Send(1);
        view.Hear(Made.Report(sequence: 2, arrived: 1000));
        Assert.Equal(1, view.Wait);
        view.Hear(Made.Report(sequence: 3, arrived: 1001));
        Assert.Equal(0, view.Wait);
    }

    [Fact]
    public void A_report_that_was_overtaken_is_dropped()
    {
        var view = new SiloView(Made.Report(sequence: 5, queued: 5), _clock);
        _clock.Advance(TimeSpan.FromSeconds(1));
        view.Hear(Made.Report(sequence: 4, queued: 50));
        view.Hear(Made.Report(sequence: 5, queued: 50));

        Assert.Equal(4, view.Wait);
        Assert.Equal(TimeSpan.FromSeconds(1), view.Silence);
        view.Hear(Made.Report(sequence: 6, queued: 7));
        Assert.Equal((7, TimeSpan.Zero), (view.Wait, view.Silence));
    }

    [Fact]
    public void There_is_room_up_to_the_bound_and_always_in_an_empty_queue()
    {
        var view = new SiloView(Made.Report(queued: 50, length: 9, bound: 60), _clock);
        Assert.True(view.HasRoom(10));
        Assert.False(view.HasRoom(10.1));

        view.Send(5);
        Assert.True(view.HasRoom(5));
        Assert.False(view.HasRoom(5.1));
        Assert.True(new SiloView(Made.Report(bound: 60), _clock).HasRoom(1000));
    }

    [Fact]
    public void What_is_lost_is_cancelled_once_and_what_is_sent_later_is_not()
    {
        var view = new SiloView(Made.Report(), _clock);
        var inFlight = view.Lost;
        var lost = view.Lose();
        Assert.Null(view.Lose());

        // It is heard of again before the cancellation is carried out.
        view.Hear(Made.Report(sequence: 2));
        var later = view.Lost;
        lost!.Cancel();
        Assert.True(inFlight.IsCancellationRequested);
        Assert.False(later.IsCancellationRequested);
        Assert.NotNull(view.Lose());
    }
}
