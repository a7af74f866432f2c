using Microsoft.Extensions.Time.Testing;
using NeuralMask.Api.Routing;
using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Routing.Tests;

public sealed class SiloDirectoryTests
{
    private static readonly TimeSpan Beat = SiloDirectory.DeadAfter / 4;
    private readonly FakeTimeProvider _clock = new();
    private readonly SiloDirectory _silos;

    public SiloDirectoryTests() => _silos = new SiloDirectory(_clock, new Random(1));

    public static TheoryData<string, SiloReport> Ineligible => new()
    {
        { nameof(Choice.Restarting), Made.Report("other", draining: true) },
        { nameof(Choice.None), Made.Report("other", warm: false) },
        { nameof(Choice.AllFull), Made.Report("other", queued: 59, length: 30) },
    };

    [Theory]
    [MemberData(nameof(Ineligible), DisableDiscoveryEnumeration = true)]
    public void A_silo_that_may_not_be_sent_anything_is_not_chosen(string alone, SiloReport report)
    {
        _silos.Hear(report);
        _clock.Advance(SiloDirectory.DeadAfter);
        _silos.Hear(report with { Sequence = 2 });
        Assert.Equal(alone, _silos.Choose(Made.Model, null, null, out _).ToString());

        _silos.Hear(Made.Report("good"));
        for (var i = 0; i < 20; i++)
        {
            _silos.Hear(Made.Report("good", sequence: 2 + i));
            Assert.Equal(Choice.Found, _silos.Choose(Made.Model, null, null, out var target));
            Assert.Equal("good", target.Silo);
        }
    }

    [Fact]
    public void The_one_that_has_just_failed_is_not_chosen()
    {
        _silos.Hear(Made.Report("first"));
        _silos.Hear(Made.Report("second"));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(Choice.Found, _silos.Choose(Made.Model, 0.1, "first", out var target));
            Assert.Equal("second", target.Silo);
        }
    }

    [Fact]
    public void A_silo_without_the_model_is_none_and_one_with_another_too()
    {
        _silos.Hear(Made.Report());
        _clock.Advance(SiloDirectory.DeadAfter);
        _silos.Hear(Made.Report(sequence: 2));

        Assert.Equal(Choice.None, _silos.Choose("other", null, null, out _));
    }

    [Fact]
    public void Each_silo_has_its_own_time_for_a_run_and_what_is_predicted_wins()
    {
        _silos.Hear(Made.Report(secondsPerRun: 3));

        _silos.Choose(Made.Model, null, null, out var first);
        Assert.Equal((3, 0), (first.Seconds, first.Wait));
        _silos.Choose(Made.Model, 5, null, out var second);
        Assert.Equal((5, 3), (second.Seconds, second.Wait));
        _silos.Choose(Made.Model, 5, null, out var third);
        Assert.Equal(8, third.Wait);
    }

    [Fact]
    public void What_this_front_sends_fills_a_silo_before_its_next_report()
    {
        _silos.Hear(Made.Report(queued: 50, length: 10, bound: 60));

        Assert.Equal(Choice.Found, _silos.Choose(Made.Model, 6, null, out _));
        Assert.Equal(Choice.AllFull, _silos.Choose(Made.Model, 6, null, out _));
        _silos.Hear(Made.Report(sequence: 2, queued: 40, length: 9, bound: 60, arrived: 1));
        Assert.Equal(Choice.Found, _silos.Choose(Made.Model, 6, null, out _));
    }

    [Fact]
    public void Four_missed_beats_abandon_what_is_in_flight_and_the_next_report_brings_the_silo_back()
    {
        _silos.Hear(Made.Report());
        Assert.Equal(Choice.Found, _silos.Choose(Made.Model, null, null, out var target));
        for (var missed = 1; missed < 4; missed++)
        {
            _clock.Advance(Beat);
            _silos.Watch();
            Assert.False(target.Lost.IsCancellationRequested);
        }

        _clock.Advance(Beat);
        _silos.Watch();
        Assert.True(target.Lost.IsCancellationRequested);
        Assert.Equal(Choice.Restarting, _silos.Choose(Made.Model, null, null, out _));

        _silos.Hear(Made.Report(sequence: 2));
        Assert.Equal(Choice.Found, _silos.Choose(Made.Model, null, null, out var again));
        Assert.False(again.Lost.IsCancellationRequested);
    }

    [Fact]
    public void A_silo_to_which_a_call_broke_is_left_alone_until_it_is_heard_of_and_what_is_in_flight_goes_on()
    {
        _silos.Hear(Made.Report());
        _silos.Choose(Made.Model, null, null, out var inFlight);
        _silos.Suspect("silo");
        _silos.Suspect("nobody");

        Assert.Equal(Choice.Restarting, _silos.Choose(Made.Model, null, null, out _));
        Assert.False(inFlight.Lost.IsCancellationRequested);
        _silos.Hear(Made.Report(sequence: 2));
        Assert.Equal(Choice.Found, _silos.Choose(Made.Model, null, null, out _));
    }

    [Fact]
    public void A_silo_that_stays_away_is_waited_for_and_then_forgotten()
    {
        _silos.Hear(Made.Report());
        _clock.Advance(SiloDirectory.ForgottenAfter - Beat);
        _silos.Watch();
        Assert.Equal(Choice.Restarting, _silos.Choose(Made.Model, null, null, out _));

        _clock.Advance(Beat);
        _silos.Watch();
        Assert.Equal(Choice.None, _silos.Choose(Made.Model, null, null, out _));
    }

    [Fact]
    public void A_front_that_has_just_started_waits_for_its_first_reports()
    {
        Assert.Equal(Choice.Restarting, _silos.Choose(Made.Model, null, null, out _));

        // The first to be heard of may be the one that is not warm yet.
        _silos.Hear(Made.Report(warm: false));
        Assert.Equal(Choice.Restarting, _silos.Choose(Made.Model, null, null, out _));
        _clock.Advance(SiloDirectory.DeadAfter);
        Assert.Equal(Choice.None, _silos.Choose(Made.Model, null, null, out _));
    }

    [Fact]
    public void A_front_that_never_hears_of_a_silo_stops_waiting()
    {
        _clock.Advance(SiloDirectory.ForgottenAfter);

        Assert.Equal(Choice.None, _silos.Choose(Made.Model, null, null, out _));
    }

    [Fact]
    public async Task Whoever_waits_hears_of_the_next_report()
    {
        var changed = _silos.Changed;
        Assert.False(changed.IsCompleted);
        _silos.Hear(Made.Report());

        await changed;
        Assert.False(_silos.Changed.IsCompleted);
    }

    /// <summary>Reports are a beat old: had each picture gone to the least loaded silo of all, all of a beat would go to one.</summary>
    [Fact]
    public void Fronts_that_see_the_same_old_reports_do_not_herd()
    {
        const int Silos = 8;
        const int Fronts = 8;
        const int Pictures = 8;
        var sent = new Dictionary<string, int>();
        for (var front = 0; front < Fronts; front++)
        {
            var directory = new SiloDirectory(_clock, new Random(front));
            for (var silo = 0; silo < Silos; silo++)
            {
                directory.Hear(Made.Report($"silo-{silo}", queued: silo * 0.01, length: 1));
            }

            for (var picture = 0; picture < Pictures; picture++)
            {
                directory.Choose(Made.Model, 1, null, out var target);
                sent[target.Silo] = sent.GetValueOrDefault(target.Silo) + 1;
            }
        }

        Assert.Equal(Silos, sent.Count);
        Assert.True(sent.Values.Max() <= 2 * Fronts * Pictures / Silos, $"One silo was sent {sent.Values.Max()} of {Fronts * Pictures}.");
    }
}
