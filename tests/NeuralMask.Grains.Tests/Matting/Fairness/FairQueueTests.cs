using CsCheck;
using NeuralMask.Grains.Matting.Fairness;

namespace NeuralMask.Grains.Tests.Matting.Fairness;

public sealed class FairQueueTests
{
    private static readonly Gen<double> Cost = Gen.Double[0.001, 10];
    private static readonly Gen<double> Weight = Gen.Double[0.1, 10];

    [Fact]
    public void Items_of_one_tenant_keep_their_order() =>
        Gen.Select(Gen.Int[0, 3], Cost).List[1, 60].Sample(items =>
        {
            var queue = new FairQueue<(int Tenant, int Number)>();
            for (var number = 0; number < items.Count; number++)
            {
                queue.Add($"{items[number].Item1}", 1 + items[number].Item1, items[number].Item2, (items[number].Item1, number));
            }

            foreach (var tenant in Drain(queue).GroupBy(item => item.Tenant))
            {
                Assert.Equal(tenant.Order(), tenant);
            }
        });

    [Fact]
    public void A_newcomer_does_not_wait_behind_a_flood() =>
        Gen.Select(Cost.List[1, 100], Gen.Int[0, 50], Cost).Sample((flood, served, cost) =>
        {
            var queue = new FairQueue<string>();
            flood.ForEach(seconds => queue.Add("flood", 1, seconds, "flood"));
            for (var i = 0; i < served; i++)
            {
                queue.TryTake(out _);
            }

            queue.Add("newcomer", 1, cost, "newcomer");

            // One item of the flood may have the same start tag and have come before.
            Assert.Contains("newcomer", Drain(queue).Take(2));
        });

    [Fact]
    public void Idle_time_earns_no_credit()
    {
        var queue = new FairQueue<string>();
        queue.Add("sleeper", 1, 1, "sleeper");
        queue.TryTake(out _);
        for (var i = 0; i < 100; i++)
        {
            queue.Add("steady", 1, 1, "steady");
            queue.TryTake(out _);
        }

        for (var i = 0; i < 20; i++)
        {
            queue.Add("steady", 1, 1, "steady");
            queue.Add("sleeper", 1, 1, "sleeper");
        }

        // Had its hundred idle seconds been saved up, the sleeper's twenty would all come first.
        Assert.InRange(Drain(queue).Take(20).Count(tenant => tenant == "sleeper"), 9, 11);
    }

    [Fact]
    public void Leaving_and_coming_back_pays_no_debt_off()
    {
        var queue = new FairQueue<string>();
        queue.Add("steady", 1, 1, "steady");
        queue.Add("dear", 1, 10, "dear");
        queue.TryTake(out _);
        queue.TryTake(out _);
        for (var i = 0; i < 20; i++)
        {
            queue.Add("steady", 1, 1, "steady");
        }

        // Its last picture took ten seconds: as many of the other's seconds pass before its next one.
        queue.Add("dear", 1, 1, "dear");
        Assert.InRange(Drain(queue).ToList().IndexOf("dear"), 8, 10);
    }

    /// <summary>
    /// Theorem 1 of Goyal, Vin and Cheng: in any interval in which two flows are both backlogged, what they are served,
    /// divided by their weights, differs by no more than one largest item of each divided by its weight.
    /// </summary>
    [Fact]
    public void Two_backlogged_tenants_are_served_by_their_weights() =>
        Gen.Select(Cost.List[1, 60], Cost.List[1, 60], Weight, Weight, Cost.List[0, 20]).Sample((first, second, firstWeight, secondWeight, third) =>
        {
            var queue = new FairQueue<(string Tenant, double Seconds)>();
            Add(queue, "first", firstWeight, first);
            Add(queue, "second", secondWeight, second);

            // What one served more than the other, after each item; a third one comes and goes beside them.
            var ahead = new List<double> { 0 };
            var random = new Queue<double>(third);
            while (queue.Holds("first") && queue.Holds("second"))
            {
                if (random.TryDequeue(out var seconds))
                {
                    Add(queue, "third", 1, [seconds]);
                }

                Assert.True(queue.TryTake(out var item));
                ahead.Add(ahead[^1] + item.Tenant switch
                {
                    "first" => item.Seconds / firstWeight,
                    "second" => -item.Seconds / secondWeight,
                    _ => 0,
                });
            }

            var bound = (first.Max() / firstWeight) + (second.Max() / secondWeight);
            Assert.InRange(ahead.Max() - ahead.Min(), 0, bound * (1 + 1e-9));
        });

    [Fact]
    public void Who_is_taken_out_is_not_charged() =>
        Gen.Select(Cost.List[2, 40], Cost.List[2, 40]).Sample((stays, leaves) =>
        {
            var queue = new FairQueue<string>();
            var places = leaves.Select(seconds => queue.Add("leaver", 1, seconds, "leaver")).ToList();
            Add(queue, stays);
            places.ForEach(place => Assert.True(queue.Remove(place)));
            places.ForEach(place => Assert.False(queue.Remove(place)));

            queue.Add("leaver", 1, 1, "leaver");
            Assert.Contains("leaver", Drain(queue).Take(2));

            static void Add(FairQueue<string> queue, List<double> items) => items.ForEach(seconds => queue.Add("stayer", 1, seconds, "stayer"));
        });

    [Fact]
    public void The_books_balance() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 4], Cost, Gen.Int[0, 1000]).List[0, 200].Sample(steps =>
        {
            var queue = new FairQueue<(string Tenant, double Seconds)>();
            var waiting = new List<FairQueue<(string Tenant, double Seconds)>.Place>();
            foreach (var (kind, number, seconds, dice) in steps)
            {
                var tenant = $"tenant-{number}";
                switch (kind)
                {
                    case < 5:
                        waiting.Add(queue.Add(tenant, 1 + number, seconds, (tenant, seconds)));
                        break;
                    case < 8:
                        Assert.Equal(waiting.Count > 0, queue.TryTake(out var item));
                        waiting.RemoveAll(place => ReferenceEquals(place.Item.Tenant, item.Tenant) && place.Item.Seconds == item.Seconds && !queue.Remove(place));
                        break;
                    case var _ when waiting.Count > 0:
                        var leaver = waiting[dice % waiting.Count];
                        Assert.True(queue.Remove(leaver));
                        Assert.False(queue.Remove(leaver));
                        waiting.Remove(leaver);
                        break;
                }

                Assert.Equal(waiting.Count, queue.Count);
                Assert.Equal(waiting.Sum(place => place.Seconds), queue.Seconds, 1e-6);
                Assert.Equal(waiting.Where(place => place.Item.Tenant == tenant).Sum(place => place.Seconds), queue.SecondsOf(tenant), 1e-6);
                Assert.Equal(waiting.Any(place => place.Item.Tenant == tenant), queue.Holds(tenant));
            }

            Assert.Equal(waiting.Count, Drain(queue).Count());
            Assert.Equal((0, 0), (queue.Count, queue.Seconds));
        });

    [Fact]
    public void A_weight_of_nothing_and_a_negative_cost_are_mistakes()
    {
        var queue = new FairQueue<int>();

        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Add("tenant", 0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Add("tenant", 1, -1, 0));
    }

    private static void Add(FairQueue<(string Tenant, double Seconds)> queue, string tenant, double weight, List<double> items) =>
        items.ForEach(seconds => queue.Add(tenant, weight, seconds, (tenant, seconds)));

    private static IEnumerable<T> Drain<T>(FairQueue<T> queue)
    {
        while (queue.TryTake(out var item))
        {
            yield return item;
        }
    }
}
