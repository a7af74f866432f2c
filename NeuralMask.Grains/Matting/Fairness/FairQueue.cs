namespace NeuralMask.Grains.Matting.Fairness;

/// <summary>
/// Start-time fair queueing (Goyal, Vin and Cheng, "Start-time Fair Queueing", SIGCOMM 1996) over predicted seconds:
/// each tenant's next item has a start tag, the smallest tag is served, and serving costs the tenant its seconds divided
/// by its weight. Whoever has had less than its share goes first; one that was idle gains no credit for it. Items of one
/// tenant keep their order. Not thread-safe.
/// </summary>
/// <typeparam name="T">What waits.</typeparam>
public sealed class FairQueue<T>
{
    private readonly Dictionary<string, Flow> _flows = new(StringComparer.Ordinal);
    private double _virtualTime;
    private long _arrivals;

    /// <summary>Items that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Seconds that wait.</summary>
    public double Seconds { get; private set; }

    /// <summary>Sum of the weights of tenants that wait.</summary>
    public double ActiveWeight => _flows.Values.Where(flow => flow.Waiting.Count > 0).Sum(flow => flow.Weight);

    /// <summary>Seconds of one tenant that wait.</summary>
    public double SecondsOf(string tenant) => _flows.TryGetValue(tenant, out var flow) ? flow.Seconds : 0;

    /// <summary>True while something of this tenant waits.</summary>
    public bool Holds(string tenant) => _flows.TryGetValue(tenant, out var flow) && flow.Waiting.Count > 0;

    /// <summary>Adds an item at the end of its tenant's line.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="weight">The tenant's share, above 0; the latest one counts.</param>
    /// <param name="seconds">Predicted cost, 0 or more.</param>
    /// <param name="item">What waits.</param>
    /// <returns>Its place, with which it can be taken out.</returns>
    public Place Add(string tenant, double weight, double seconds, T item)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight);
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        if (!_flows.TryGetValue(tenant, out var flow))
        {
            Forget();
            _flows[tenant] = flow = new Flow();
        }

        flow.Weight = weight;
        if (flow.Waiting.Count == 0)
        {
            flow.Start = Math.Max(_virtualTime, flow.Finish);
        }

        var place = new Place(flow, item, seconds, _arrivals++);
        place.Node = flow.Waiting.AddLast(place);
        flow.Seconds += seconds;
        Seconds += seconds;
        Count++;
        return place;
    }

    /// <summary>Takes the item that is due, or gives false where nothing waits.</summary>
    public bool TryTake(out T item)
    {
        Flow? due = null;
        foreach (var flow in _flows.Values)
        {
            if (flow.Waiting.First is { } head
                && (due is null || (flow.Start, head.Value.Arrival).CompareTo((due.Start, due.Waiting.First!.Value.Arrival)) < 0))
            {
                due = flow;
            }
        }

        if (due is null)
        {
            item = default!;
            return false;
        }

        var place = due.Waiting.First!.Value;
        _virtualTime = due.Start;
        due.Finish = due.Start + (place.Seconds / due.Weight);
        due.Start = due.Finish;
        Remove(place);
        item = place.Item;
        return true;
    }

    /// <summary>Takes an item out wherever it stands; its tenant is not charged for it. False where it has left already.</summary>
    public bool Remove(Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (place.Node is not { } node)
        {
            return false;
        }

        place.Flow.Waiting.Remove(node);
        place.Node = null;
        Count--;

        // Sums of many additions and subtractions drift; an empty line is exactly nothing.
        place.Flow.Seconds = place.Flow.Waiting.Count == 0 ? 0 : place.Flow.Seconds - place.Seconds;
        Seconds = Count == 0 ? 0 : Seconds - place.Seconds;
        return true;
    }

    // A tenant that waits for nothing and whose debt has passed is as one that was never seen.
    private void Forget()
    {
        foreach (var (tenant, flow) in _flows)
        {
            if (flow.Waiting.Count == 0 && flow.Finish <= _virtualTime)
            {
                _flows.Remove(tenant);
            }
        }
    }

    /// <summary>An item's place in the queue.</summary>
    public sealed class Place
    {
        internal Place(Flow flow, T item, double seconds, long arrival)
        {
            Flow = flow;
            Item = item;
            Seconds = seconds;
            Arrival = arrival;
        }

        /// <summary>What waits.</summary>
        public T Item { get; }

        /// <summary>Its predicted cost.</summary>
        public double Seconds { get; }

        internal Flow Flow { get; }

        internal long Arrival { get; }

        internal LinkedListNode<Place>? Node { get; set; }
    }

    internal sealed class Flow
    {
        public LinkedList<Place> Waiting { get; } = [];

        public double Weight { get; set; }

        public double Start { get; set; }

        public double Finish { get; set; }

        public double Seconds { get; set; }
    }
}
