using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>Colour whose alpha is full or does not matter; the target has three bytes a pixel.</summary>
internal readonly struct OpaqueForm : IPixelForm
{
    public static int TargetBytes => 3;

    public static void Load(ReadOnlySpan<byte> rgba, Span<float> row) => FloatPixels.Widen(rgba, row);

    public static void Store(ReadOnlySpan<float> row, Span<byte> target)
    {
        var pixels = MemoryMarshal.Cast<float, Vector128<float>>(row);
        for (var i = 0; i < pixels.Length; i++)
        {
            var rounded = FloatPixels.Round(pixels[i]);
            target[(3 * i) + 2] = (byte)rounded[2];
            target[3 * i] = (byte)rounded[0];
            target[(3 * i) + 1] = (byte)rounded[1];
        }
    }
}
