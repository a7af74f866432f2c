using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuralMask.Imaging;

/// <summary>Whether pixels are opaque.</summary>
internal static class Opacity
{
    // Long enough to amortise the test, short enough to leave early where transparency begins.
    private const int Stretch = 4096;

    public static bool IsFull(ReadOnlySpan<byte> rgba)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(rgba);
        while (pixels.Length > 0)
        {
            var some = pixels[..Math.Min(Stretch, pixels.Length)];
            if (And(some) >> 24 != 0xFF)
            {
                return false;
            }

            pixels = pixels[some.Length..];
        }

        return true;
    }

    private static uint And(ReadOnlySpan<uint> pixels)
    {
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(pixels);
        var all = Vector<uint>.AllBitsSet;
        foreach (var vector in vectors)
        {
            all &= vector;
        }

        var result = uint.MaxValue;
        for (var i = 0; i < Vector<uint>.Count; i++)
        {
            result &= all[i];
        }

        foreach (var pixel in pixels[(vectors.Length * Vector<uint>.Count)..])
        {
            result &= pixel;
        }

        return result;
    }
}
