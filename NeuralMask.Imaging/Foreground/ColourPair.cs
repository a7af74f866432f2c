using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// Foreground in the lower and background in the upper half of a vector: red, green, blue from 0 to 255, and a fourth
/// lane with the weight by which the three were multiplied, or 1.
/// </summary>
internal static class ColourPair
{
    // The blur fusion's 1e-5, which keeps the division finite where there is nothing of one side.
    private const float Least = 1e-5f;

    /// <summary>Colour of a pixel, 1 in the fourth lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Colour(uint rgba)
    {
        var bytes = Vector128.CreateScalarUnsafe((rgba & 0x00FF_FFFF) | 0x0100_0000).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }

    /// <summary>The two weights of a pixel: by how much it is foreground, and background. Hidden colour counts as neither.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Weights(uint rgba, byte alpha)
    {
        var seen = (rgba >> 24) * (1 / (255f * 255));
        return Vector256.Create(Vector128.Create(seen * alpha), Vector128.Create(seen * (255 - alpha)));
    }

    /// <summary>Divides both halves of a sum by their weights.</summary>
    /// <param name="sum">Sums of weighted colours, and of weights.</param>
    /// <param name="pixels">Over how many pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Normalised(Vector256<float> sum, float pixels)
    {
        var weights = Vector256.Shuffle(sum, Vector256.Create(3, 3, 3, 3, 7, 7, 7, 7)) + Vector256.Create(Least * pixels);
        return sum / weights;
    }

    /// <summary>
    /// What the composite says of the foreground once both are known roughly: F + α (I − α F − (1 − α) B), clipped.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Corrected(Vector256<float> pair, Vector128<float> colour, float alpha)
    {
        var (foreground, background) = (pair.GetLower(), pair.GetUpper());
        var rest = colour - (foreground * alpha) - (background * (1 - alpha));
        return Vector128.Clamp(foreground + (rest * alpha), Vector128<float>.Zero, Vector128.Create(255f));
    }
}
