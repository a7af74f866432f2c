using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// Colour over mid-grey: what a network sees of a picture that is transparent in places. The colour that a file holds
/// under alpha 0 is arbitrary, often the old background, and must not be taken for an object.
/// </summary>
internal readonly struct GreyBackedForm : IPixelForm
{
    /// <summary>The grey, 0 to 255.</summary>
    public const float Grey = 128;

    public static int TargetBytes => OpaqueForm.TargetBytes;

    public static void Load(ReadOnlySpan<byte> rgba, Span<float> row)
    {
        FloatPixels.Widen(rgba, row);
        var grey = Vector128.Create(Grey);
        var pixels = MemoryMarshal.Cast<float, Vector128<float>>(row);
        for (var i = 0; i < pixels.Length; i++)
        {
            var pixel = pixels[i];
            var share = Vector128.Create(pixel[3] * (1 / 255f));
            pixels[i] = grey + ((pixel - grey) * share);
        }
    }

    public static void Store(ReadOnlySpan<float> row, Span<byte> target) => OpaqueForm.Store(row, target);
}
