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

    // Of 1e-4, 1e-3, 3e-3 and 1e-2 times the window's weight: less lets noise decide where foreground and background
    // have the same colour, more leaves wide ramps mixed.
    private const float PullOfMeans = 3e-3f;

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
    /// The constant foreground and background that explain the composite best: least squares of I − α F − (1 − α) B
    /// over the window, drawn a little to the two weighted means, which decide where there is only one of the two. The
    /// means alone are mixed with each other wherever alpha is soft over the whole window.
    /// </summary>
    /// <param name="sum">Σ α I and Σ (1 − α) I, with Σ α and Σ (1 − α) in the fourth lanes.</param>
    /// <param name="both">Σ α (1 − α).</param>
    /// <param name="pixels">Over how many pixels.</param>
    public static Vector256<float> Solved(Vector256<float> sum, float both, float pixels)
    {
        var means = Normalised(sum, pixels);
        var (f, b) = (sum[3], sum[7]);
        var pull = (PullOfMeans * (f + b)) + (Least * pixels);
        var (ff, bb) = (f - both + pull, b - both + pull);
        var scale = 1 / ((ff * bb) - (both * both));
        var right = sum + (means * pull);
        var (low, high) = (right.GetLower(), right.GetUpper());
        var foreground = ((low * bb) - (high * both)) * scale;
        var background = ((high * ff) - (low * both)) * scale;
        var most = Vector128.Create(255f);
        return Vector256.Create(
            Vector128.Clamp(foreground, Vector128<float>.Zero, most).WithElement(3, 1),
            Vector128.Clamp(background, Vector128<float>.Zero, most).WithElement(3, 1));
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
