namespace NeuralMask.Imaging;

/// <summary>Makes nearly certain alpha certain: a solid subject stays solid, and no veil is left over a background.</summary>
public static class AlphaSnap
{
    /// <summary>Alpha up to here becomes 0: 2 % of full, which nobody sees and a network means by "nothing".</summary>
    public const byte Nothing = 5;

    /// <summary>Alpha from here on becomes 255: 98 % of full, what networks answer inside of solid things.</summary>
    public const byte Solid = 250;

    private static readonly byte[] Table = [.. Enumerable.Range(0, 256).Select(alpha => alpha <= Nothing ? byte.MinValue : alpha >= Solid ? byte.MaxValue : (byte)alpha)];

    /// <summary>Snaps a mask; returns a new one of the same size.</summary>
    /// <param name="mask">The mask; not changed.</param>
    public static Mask Apply(Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var alpha = mask.Alpha.ToArray();
        Apply(alpha);
        return new Mask(alpha, mask.Width, mask.Height);
    }

    /// <summary>The same in place.</summary>
    internal static void Apply(Span<byte> alpha)
    {
        // Most of a mask is certain already, and vectors find the next of the rest.
        while (alpha.IndexOfAnyExcept(byte.MinValue, byte.MaxValue) is var next and >= 0)
        {
            alpha = alpha[next..];
            var i = 0;
            for (; i < alpha.Length && alpha[i] is not (byte.MinValue or byte.MaxValue); i++)
            {
                alpha[i] = Table[alpha[i]];
            }

            alpha = alpha[i..];
        }
    }
}
