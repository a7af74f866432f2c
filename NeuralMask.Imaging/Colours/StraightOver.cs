using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>"Over" with straight alpha on both sides, in sRGB values as browsers and editors do.</summary>
internal static class StraightOver
{
    /// <summary>Puts pixels over a colour, in place.</summary>
    public static void Lay(Span<uint> pixels, uint behind)
    {
        var colour = Vector256.Create(behind);
        ref var pixel = ref MemoryMarshal.GetReference(pixels);
        nuint i = 0;
        for (; i + (nuint)Vector256<uint>.Count <= (nuint)pixels.Length; i += (nuint)Vector256<uint>.Count)
        {
            Mix(Vector256.LoadUnsafe(ref pixel, i), colour).StoreUnsafe(ref pixel, i);
        }

        for (; i < (nuint)pixels.Length; i++)
        {
            ref var rgba = ref Unsafe.Add(ref pixel, i);
            rgba = Mix(Vector256.CreateScalar(rgba), colour)[0];
        }
    }

    /// <summary>Puts pixels over as many others, in place.</summary>
    public static void Lay(Span<uint> pixels, ReadOnlySpan<uint> behind)
    {
        ref var pixel = ref MemoryMarshal.GetReference(pixels);
        ref var under = ref MemoryMarshal.GetReference(behind[..pixels.Length]);
        nuint i = 0;
        for (; i + (nuint)Vector256<uint>.Count <= (nuint)pixels.Length; i += (nuint)Vector256<uint>.Count)
        {
            Mix(Vector256.LoadUnsafe(ref pixel, i), Vector256.LoadUnsafe(ref under, i)).StoreUnsafe(ref pixel, i);
        }

        for (; i < (nuint)pixels.Length; i++)
        {
            ref var rgba = ref Unsafe.Add(ref pixel, i);
            rgba = Mix(Vector256.CreateScalar(rgba), Vector256.CreateScalar(Unsafe.Add(ref under, i)))[0];
        }
    }

    // Nothing over nothing divides zero by zero, and what is no number rounds to zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mix(Vector256<uint> front, Vector256<uint> behind)
    {
        var share = Channel(front, 24);
        var rest = (Vector256.Create(255f) - share) * Channel(behind, 24) * Vector256.Create(1 / 255f);
        var alpha = share + rest;
        var red = Round(((Channel(front, 0) * share) + (Channel(behind, 0) * rest)) / alpha);
        var green = Round(((Channel(front, 8) * share) + (Channel(behind, 8) * rest)) / alpha);
        var blue = Round(((Channel(front, 16) * share) + (Channel(behind, 16) * rest)) / alpha);
        return red | (green << 8) | (blue << 16) | (Round(alpha) << 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Channel(Vector256<uint> rgba, int shift) =>
        Vector256.ConvertToSingle(((rgba >>> shift) & Vector256.Create(0xFFu)).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Round(Vector256<float> value) =>
        Vector256.ConvertToInt32(value + Vector256.Create(0.5f)).AsUInt32();
}
