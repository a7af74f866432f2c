using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>Bytes to floats and back, a pixel a vector of four.</summary>
internal static class FloatPixels
{
    public static void Widen(ReadOnlySpan<byte> rgba, Span<float> row)
    {
        var quads = MemoryMarshal.Cast<byte, Vector128<byte>>(rgba);
        var pixels = MemoryMarshal.Cast<float, Vector128<float>>(row);
        for (var i = 0; i < quads.Length; i++)
        {
            var (low, high) = Vector128.Widen(quads[i]);
            var (first, second) = Vector128.Widen(low);
            var (third, fourth) = Vector128.Widen(high);
            pixels[(4 * i) + 3] = Vector128.ConvertToSingle(fourth.AsInt32());
            pixels[4 * i] = Vector128.ConvertToSingle(first.AsInt32());
            pixels[(4 * i) + 1] = Vector128.ConvertToSingle(second.AsInt32());
            pixels[(4 * i) + 2] = Vector128.ConvertToSingle(third.AsInt32());
        }

        for (var i = quads.Length * 16; i < rgba.Length; i++)
        {
            row[i] = rgba[i];
        }
    }

    /// <summary>Rounds to the nearest byte, clamping.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Round(Vector128<float> pixel) =>
        Vector128.ConvertToInt32(Vector128.Clamp(pixel, Vector128<float>.Zero, Vector128.Create(255f)) + Vector128.Create(0.5f));
}
