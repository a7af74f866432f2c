using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// Colour weighed by its alpha while it is averaged, so that what is transparent lends no colour to the edge; straight
/// before and after. Where alpha comes out as 0, so does colour.
/// </summary>
internal readonly struct PremultipliedForm : IPixelForm
{
    public static int TargetBytes => 4;

    public static void Load(ReadOnlySpan<byte> rgba, Span<float> row)
    {
        FloatPixels.Widen(rgba, row);
        var pixels = MemoryMarshal.Cast<float, Vector128<float>>(row);
        for (var i = 0; i < pixels.Length; i++)
        {
            var alpha = pixels[i][3];
            pixels[i] = (pixels[i] * Vector128.Create(alpha * (1 / 255f))).WithElement(3, alpha);
        }
    }

    public static void Store(ReadOnlySpan<float> row, Span<byte> target)
    {
        var pixels = MemoryMarshal.Cast<float, Vector128<float>>(row);
        var targets = MemoryMarshal.Cast<byte, uint>(target);
        for (var i = 0; i < pixels.Length; i++)
        {
            var alpha = pixels[i][3];
            if (alpha < 0.5f)
            {
                targets[i] = 0;
                continue;
            }

            var straight = FloatPixels.Round((pixels[i] * Vector128.Create(255 / alpha)).WithElement(3, alpha));
            targets[i] = (uint)(straight[0] | (straight[1] << 8) | (straight[2] << 16) | (straight[3] << 24));
        }
    }
}
