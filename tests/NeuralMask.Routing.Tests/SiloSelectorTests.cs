using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NeuralMask.Api.Routing;

namespace NeuralMask.Routing.Tests;

public sealed class SiloSelectorTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void The_one_with_less_to_wait_for_is_taken_of_two()
    {
        var silos = Silos(5, 1, 3);

        // The second die is thrown for one of the others.
        Assert.Equal("silo-1", SiloSelector.Pick(silos, new LoadedDice(0, 0))!.Silo);
        Assert.Equal("silo-2", SiloSelector.Pick(silos, new LoadedDice(0, 1))!.Silo);
        Assert.Equal("silo-1", SiloSelector.Pick(silos, new LoadedDice(1, 1))!.Silo);
        Assert.Equal("silo-1", SiloSelector.Pick(silos, new LoadedDice(2, 1))!.Silo);
    }

    [Fact]
    public void None_and_one_leave_no_choice()
    {
        Assert.Null(SiloSelector.Pick([], new LoadedDice()));
        Assert.Equal("silo-0", SiloSelector.Pick(Silos(100), new LoadedDice())!.Silo);
    }

    [Fact]
    public void It_never_takes_the_longest_wait_of_all() =>
        Gen.Select(Gen.Int[2, 9], Gen.Int[0, 1_000_000]).Sample((count, seed) =>
        {
            var silos = Silos([.. Enumerable.Range(0, count).Select(wait => (double)wait)]);

            Assert.NotEqual($"silo-{count - 1}", SiloSelector.Pick(silos, new Random(seed))!.Silo);
        });

    [Fact]
    public void Equal_silos_are_taken_equally_often()
    {
        const int Throws = 40_000;
        var silos = Silos(1, 1, 1, 1);
        var dice = new Random(20_240_607);
        var counts = Enumerable.Range(0, Throws).CountBy(_ => SiloSelector.Pick(silos, dice)!.Silo).ToList();

        Assert.Equal(4, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, Throws / 4 * 0.95, Throws / 4 * 1.05));
    }

    /// <summary>Of n silos by rank from the least wait, the k-th is taken with probability 2 (n - k) / (n (n - 1)).</summary>
    [Fact]
    public void Each_rank_is_taken_as_often_as_two_throws_make_it()
    {
        const int Throws = 60_000;
        const int Count = 4;
        var silos = Silos(0, 1, 2, 3);
        var dice = new Random(20_240_607);
        var counts = Enumerable.Range(0, Throws).CountBy(_ => SiloSelector.Pick(silos, dice)!.Silo).ToDictionary();
        for (var rank = 1; rank < Count; rank++)
        {
            var expected = Throws * 2.0 * (Count - rank) / (Count * (Count - 1));
            Assert.InRange(counts[$"silo-{rank - 1}"], expected * 0.95, expected * 1.05);
        }
    }

    private List<SiloView> Silos(params double[] waits) =>
        [.. waits.Select((wait, index) => new SiloView(Made.Report($"silo-{index}", queued: wait), _clock))];
}
