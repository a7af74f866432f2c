namespace NeuralMask.Drawn;

/// <summary>Values at the points of a lattice, smoothly joined: texture without direction.</summary>
internal static class ValueNoise
{
    /// <summary>One octave, from 0 to 1.</summary>
    /// <param name="x">Place, in lattice steps.</param>
    /// <param name="y">Place, in lattice steps.</param>
    /// <param name="seed">Which texture.</param>
    public static float At(float x, float y, ulong seed)
    {
        var (left, top) = (MathF.Floor(x), MathF.Floor(y));
        var (u, v) = (Smooth(x - left), Smooth(y - top));
        var (i, j) = ((int)left, (int)top);
        var above = Point(i, j, seed) + (u * (Point(i + 1, j, seed) - Point(i, j, seed)));
        var below = Point(i, j + 1, seed) + (u * (Point(i + 1, j + 1, seed) - Point(i, j + 1, seed)));
        return above + (v * (below - above));
    }

    /// <summary>Several octaves, each half as long and half as strong as the one before; from 0 to 1.</summary>
    public static float Octaves(float x, float y, int count, ulong seed)
    {
        float sum = 0, strength = 1, whole = 0;
        for (var i = 0; i < count; i++)
        {
            sum += strength * At(x, y, seed + (ulong)i);
            whole += strength;
            (x, y, strength) = (2 * x, 2 * y, strength / 2);
        }

        return sum / whole;
    }

    private static float Smooth(float t) => t * t * (3 - (2 * t));

    private static float Point(int x, int y, ulong seed) =>
        (DrawnDice.Mix(((ulong)(uint)x << 32) ^ (uint)y ^ (seed * 0x9E3779B97F4A7C15)) >> 40) * (1f / (1 << 24));
}
