using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>Lays a mask back over the picture that it was made from: the exact inverse of the way onto the canvas.</summary>
public static class MatteLayer
{
    private const uint ColourBits = 0x00FF_FFFF;
    private const int AlphaShift = 24;

    /// <summary>
    /// Multiplies the picture's alpha, in place, by the mask spread to its size. Alpha never rises, so that what was
    /// transparent stays so.
    /// </summary>
    /// <param name="picture">The picture; its alpha becomes alpha × mask / 255, rounded.</param>
    /// <param name="mask">The mask of the canvas; it may have another size than the canvas.</param>
    /// <param name="placement">Where the picture lay on the canvas.</param>
    /// <param name="hidden">What becomes of colour where alpha comes out as 0.</param>
    /// <param name="cancellationToken">Seen once a row; a picture that was cancelled is changed in part.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Apply(
        Picture picture, Mask mask, CanvasPlacement placement, HiddenColour hidden, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(mask);
        using var rows = new MaskRows(mask, placement, picture.Width, picture.Height);
        var pixels = MemoryMarshal.Cast<byte, uint>(picture.Pixels);
        for (var y = 0; y < picture.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Multiply(pixels.Slice(y * picture.Width, picture.Width), rows.Row(y), hidden == HiddenColour.Cleared);
        }
    }

    /// <summary>As <see cref="Apply(Picture, Mask, CanvasPlacement, HiddenColour, CancellationToken)"/>, clearing hidden colour.</summary>
    /// <param name="picture">The picture; changed in place.</param>
    /// <param name="mask">The mask of the canvas.</param>
    /// <param name="placement">Where the picture lay on the canvas.</param>
    /// <param name="cancellationToken">Seen once a row.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Apply(Picture picture, Mask mask, CanvasPlacement placement, CancellationToken cancellationToken) =>
        Apply(picture, mask, placement, HiddenColour.Cleared, cancellationToken);

    /// <summary>Spreads a mask to a picture's size without touching the picture.</summary>
    /// <param name="mask">The mask of the canvas.</param>
    /// <param name="placement">Where the picture lay on the canvas.</param>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    /// <param name="cancellationToken">Seen once a row.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Mask Spread(Mask mask, CanvasPlacement placement, int width, int height, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var alpha = GC.AllocateUninitializedArray<byte>(checked(width * height));
        Spread(mask, placement, width, height, alpha, cancellationToken);
        return new Mask(alpha, width, height);
    }

    /// <summary>The same into memory of the caller's, a byte a pixel.</summary>
    internal static void Spread(Mask mask, CanvasPlacement placement, int width, int height, Span<byte> alpha, CancellationToken cancellationToken)
    {
        using var rows = new MaskRows(mask, placement, width, height);
        for (var y = 0; y < height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Narrow(rows.Row(y), alpha.Slice(y * width, width));
        }
    }

    /// <summary>Multiplies the picture's alpha, in place, by a mask of its own size, a byte a pixel.</summary>
    internal static void Lay(Picture picture, ReadOnlySpan<byte> alpha, HiddenColour hidden, CancellationToken cancellationToken)
    {
        var wide = ArrayPool<float>.Shared.Rent(picture.Width);
        try
        {
            var pixels = MemoryMarshal.Cast<byte, uint>(picture.Pixels);
            var row = wide.AsSpan(0, picture.Width);
            for (var y = 0; y < picture.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Widen(alpha.Slice(y * picture.Width, picture.Width), row);
                Multiply(pixels.Slice(y * picture.Width, picture.Width), row, hidden == HiddenColour.Cleared);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(wide);
        }
    }

    private static void Widen(ReadOnlySpan<byte> alpha, Span<float> row)
    {
        ref var from = ref MemoryMarshal.GetReference(alpha);
        ref var to = ref MemoryMarshal.GetReference(row[..alpha.Length]);
        nuint i = 0;
        for (; i + 16 <= (nuint)alpha.Length; i += 16)
        {
            var bytes = Vector128.LoadUnsafe(ref from, i);
            var words = Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
            Vector256.ConvertToSingle(Vector256.WidenLower(words).AsInt32()).StoreUnsafe(ref to, i);
            Vector256.ConvertToSingle(Vector256.WidenUpper(words).AsInt32()).StoreUnsafe(ref to, i + 8);
        }

        for (; i < (nuint)alpha.Length; i++)
        {
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
        }
    }

    private static void Multiply(Span<uint> pixels, ReadOnlySpan<float> mask, bool clear)
    {
        var colour = Vector256.Create(ColourBits);
        var keep = clear ? Vector256<uint>.Zero : Vector256<uint>.AllBitsSet;
        ref var pixel = ref MemoryMarshal.GetReference(pixels);
        ref var share = ref MemoryMarshal.GetReference(mask[..pixels.Length]);
        nuint i = 0;
        for (; i + (nuint)Vector256<uint>.Count <= (nuint)pixels.Length; i += (nuint)Vector256<uint>.Count)
        {
            var rgba = Vector256.LoadUnsafe(ref pixel, i);
            var before = Vector256.ConvertToSingle((rgba >>> AlphaShift).AsInt32());
            var product = before * Vector256.LoadUnsafe(ref share, i) * Vector256.Create(1 / 255f);
            var alpha = Vector256.ConvertToInt32(product + Vector256.Create(0.5f)).AsUInt32();
            var visible = ~Vector256.Equals(alpha, Vector256<uint>.Zero) | keep;
            ((rgba & colour & visible) | (alpha << AlphaShift)).StoreUnsafe(ref pixel, i);
        }

        for (; i < (nuint)pixels.Length; i++)
        {
            ref var rgba = ref Unsafe.Add(ref pixel, i);
            var alpha = (uint)(((rgba >> AlphaShift) * Unsafe.Add(ref share, i) * (1 / 255f)) + 0.5f);
            rgba = alpha == 0 && clear ? 0 : (rgba & ColourBits) | (alpha << AlphaShift);
        }
    }

    private static void Narrow(ReadOnlySpan<float> row, Span<byte> alpha)
    {
        ref var from = ref MemoryMarshal.GetReference(row[..alpha.Length]);
        ref var to = ref MemoryMarshal.GetReference(alpha);
        var half = Vector256.Create(0.5f);
        nuint i = 0;
        for (; i + 16 <= (nuint)alpha.Length; i += 16)
        {
            var low = Vector256.ConvertToInt32(Vector256.LoadUnsafe(ref from, i) + half);
            var high = Vector256.ConvertToInt32(Vector256.LoadUnsafe(ref from, i + 8) + half);
            var words = Vector256.Narrow(low, high);
            Vector128.Narrow(words.GetLower(), words.GetUpper()).AsByte().StoreUnsafe(ref to, i);
        }

        for (; i < (nuint)alpha.Length; i++)
        {
            Unsafe.Add(ref to, i) = (byte)(Unsafe.Add(ref from, i) + 0.5f);
        }
    }
}
