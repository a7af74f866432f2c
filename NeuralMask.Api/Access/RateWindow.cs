using Microsoft.Extensions.Options;
using NeuralMask.Api.Faults;

namespace NeuralMask.Api.Access;

/// <summary>
/// Megapixels that callers without a key have sent in this minute: a fixed window of 60 s that begins with its first
/// picture, and a picture counts as its megapixels rounded up, as remove.bg counts.
/// </summary>
public sealed class RateWindow(IOptions<FrontOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);
    private readonly Lock _gate = new();
    private readonly int _limit = options.Value.AnonymousMegapixelsPerMinute;
    private DateTimeOffset _reset;
    private int _used;

    /// <summary>Takes a picture's share of the window.</summary>
    /// <param name="pixels">Pixels of the picture that was sent.</param>
    /// <returns>The window after it.</returns>
    /// <exception cref="FaultException">The window is full; nothing was taken.</exception>
    public RateState Take(long pixels)
    {
        var cost = (int)Math.Max(1, Math.Ceiling(pixels / 1_000_000.0));
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now >= _reset)
            {
                (_used, _reset) = (0, now + Length);
            }

            if (_used + cost > _limit)
            {
                throw new FaultException(KnownFaults.RateLimitExceeded(_reset - now, _limit));
            }

            _used += cost;
            return new RateState(_limit, _limit - _used, _reset);
        }
    }
}

/// <summary>A rate window as its caller is told of it.</summary>
/// <param name="Limit">Megapixels of a whole window.</param>
/// <param name="Remaining">Megapixels that are left in it.</param>
/// <param name="Reset">When the next one begins.</param>
public sealed record RateState(int Limit, int Remaining, DateTimeOffset Reset);
