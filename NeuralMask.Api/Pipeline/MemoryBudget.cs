using Microsoft.Extensions.Options;
using NeuralMask.Api.Faults;

namespace NeuralMask.Api.Pipeline;

/// <summary>
/// Bytes that bodies and decoded pictures may take at once. A picture that does not fit now is refused now: one 50
/// megapixel picture takes 200 MB, so a count of requests would bound nothing.
/// </summary>
public sealed class MemoryBudget(IOptions<FrontOptions> options)
{
    private readonly long _limit = options.Value.MemoryBudget;
    private long _taken;

    /// <summary>Bytes that are taken now.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Takes bytes until the result is disposed of.</summary>
    /// <exception cref="FaultException">They do not fit.</exception>
    public IDisposable Take(long bytes)
    {
        // Compared before it is added: a sum that went beyond all numbers would look like none at all.
        long taken;
        do
        {
            taken = Taken;
            if (bytes > _limit - taken)
            {
                throw new FaultException(KnownFaults.Overloaded("The pictures in work take all the memory that is set aside for them.", TimeSpan.FromSeconds(2)));
            }
        }
        while (Interlocked.CompareExchange(ref _taken, taken + bytes, taken) != taken);

        return new Share(this, bytes);
    }

    private sealed class Share(MemoryBudget budget, long bytes) : IDisposable
    {
        private long _bytes = bytes;

        public void Dispose() => Interlocked.Add(ref budget._taken, -Interlocked.Exchange(ref _bytes, 0));
    }
}
