using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>Lays colours behind pictures.</summary>
public static class Backdrop
{
    /// <summary>
    /// Puts the picture over a colour, in place: "over" with straight alpha on both sides, in sRGB values as browsers
    /// and editors do. An opaque colour makes the picture opaque, a transparent one leaves what can be seen as it is.
    /// </summary>
    /// <param name="picture">The picture; changed in place.</param>
    /// <param name="colour">The colour behind it.</param>
    /// <param name="cancellationToken">Seen once a row; a picture that was cancelled is changed in part.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Lay(Picture picture, BackgroundColour colour, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.IsOpaque || colour.Alpha == 0)
        {
            return;
        }

        var pixels = MemoryMarshal.Cast<byte, uint>(picture.Pixels);
        for (var y = 0; y < picture.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Over(pixels.Slice(y * picture.Width, picture.Width), colour);
        }

        picture.IsOpaqueIfKnown = colour.Alpha == 255 ? true : null;
    }

    private static void Over(Span<uint> pixels, BackgroundColour colour)
    {
        ref var pixel = ref MemoryMarshal.GetReference(pixels);
        nuint i = 0;
        for (; i + (nuint)Vector256<uint>.Count <= (nuint)pixels.Length; i += (nuint)Vector256<uint>.Count)
        {
            Over(Vector256.LoadUnsafe(ref pixel, i), colour).StoreUnsafe(ref pixel, i);
        }

        for (; i < (nuint)pixels.Length; i++)
        {
            ref var rgba = ref Unsafe.Add(ref pixel, i);
            rgba = Over(Vector256.CreateScalar(rgba), colour)[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Over(Vector256<uint> rgba, BackgroundColour colour)
    {
        var front = Channel(rgba, 24);
        var behind = (Vector256.Create(255f) - front) * Vector256.Create(colour.Alpha / 255f);
        var alpha = front + behind;
        var red = Mix(Channel(rgba, 0), front, colour.Red, behind, alpha);
        var green = Mix(Channel(rgba, 8), front, colour.Green, behind, alpha);
        var blue = Mix(Channel(rgba, 16), front, colour.Blue, behind, alpha);
        return red | (green << 8) | (blue << 16) | (Round(alpha) << 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Channel(Vector256<uint> rgba, int shift) =>
        Vector256.ConvertToSingle(((rgba >>> shift) & Vector256.Create(0xFFu)).AsInt32());

    // The colour behind is not transparent, so that alpha is never 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mix(
        Vector256<float> value, Vector256<float> front, byte colour, Vector256<float> behind, Vector256<float> alpha) =>
        Round(((value * front) + (Vector256.Create((float)colour) * behind)) / alpha);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Round(Vector256<float> value) =>
        Vector256.ConvertToInt32(value + Vector256.Create(0.5f)).AsUInt32();
}
