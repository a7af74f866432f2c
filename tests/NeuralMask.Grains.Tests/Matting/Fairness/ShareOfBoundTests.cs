using CsCheck;
using NeuralMask.Grains.Matting.Fairness;

namespace NeuralMask.Grains.Tests.Matting.Fairness;

public sealed class ShareOfBoundTests
{
    private const double Bound = 100;

    [Fact]
    public void Alone_a_flood_holds_half_of_the_bound_and_leaves_the_other_to_a_newcomer() =>
        Gen.Select(Gen.Double[0.01, 50].List[1, 200], Gen.Double[0.01, 50]).Sample((flood, newcomer) =>
        {
            var queue = new FairQueue<int>();
            flood.ForEach(seconds => Offer(queue, "flood", 1, seconds));

            Assert.InRange(queue.Seconds, 0, Bound / 2);
            Assert.True(ShareOfBound.Allows(queue, "newcomer", 1, newcomer, Bound));
        });

    [Fact]
    public void A_tenant_of_more_weight_holds_more()
    {
        var queue = new FairQueue<int>();
        Flood(queue, "heavy", weight: 3);

        Assert.Equal(Bound * 3 / 4, queue.Seconds, 1.0);
    }

    [Fact]
    public void The_bound_holds_for_all_together() =>
        Gen.Select(Gen.Int[0, 9], Gen.Double[0.1, 5], Gen.Double[0.01, 60]).List[1, 300].Sample(items =>
        {
            var queue = new FairQueue<int>();
            foreach (var (tenant, weight, seconds) in items)
            {
                Offer(queue, $"tenant-{tenant}", weight, seconds);
                Assert.True(queue.Seconds <= Bound);
            }
        });

    [Fact]
    public void A_picture_above_the_bound_waits_for_an_empty_queue_and_not_for_ever()
    {
        var queue = new FairQueue<int>();
        var place = queue.Add("other", 1, 1, 0);
        Assert.False(ShareOfBound.Allows(queue, "large", 1, Bound * 3, Bound));

        queue.Remove(place);
        Assert.True(ShareOfBound.Allows(queue, "large", 1, Bound * 3, Bound));
    }

    [Fact]
    public void A_picture_above_its_tenants_share_is_taken_where_it_is_the_only_one()
    {
        var queue = new FairQueue<int>();
        Assert.True(Offer(queue, "tenant", 1, Bound * 0.8));
        Assert.False(Offer(queue, "tenant", 1, 1));
    }

    private static void Flood(FairQueue<int> queue, string tenant, double weight)
    {
        while (Offer(queue, tenant, weight, 1))
        {
        }
    }

    private static bool Offer(FairQueue<int> queue, string tenant, double weight, double seconds)
    {
        var allowed = ShareOfBound.Allows(queue, tenant, weight, seconds, Bound);
        if (allowed)
        {
            queue.Add(tenant, weight, seconds, 0);
        }

        return allowed;
    }
}
