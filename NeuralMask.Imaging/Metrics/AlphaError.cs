namespace NeuralMask.Imaging;

/// <summary>
/// Distances between two alphas on their raw values: neither stretched to the full range, which makes a hazy result
/// score like a right one, nor cut at a threshold, which hides everything that is soft.
/// </summary>
/// <param name="Sad">Sum of absolute differences, alpha from 0 to 1, in thousands of pixels.</param>
/// <param name="Mse">Mean squared difference, 0 to 1.</param>
/// <param name="Mad">Mean absolute difference, 0 to 1.</param>
public readonly record struct AlphaError(double Sad, double Mse, double Mad)
{
    /// <summary>Compares two alphas of the same size, over all pixels.</summary>
    /// <param name="predicted">What was found.</param>
    /// <param name="truth">What is right.</param>
    /// <exception cref="ArgumentException">Their sizes differ.</exception>
    public static AlphaError Between(Mask predicted, Mask truth)
    {
        MaskPair.ThrowUnlessSameSize(predicted, truth);
        var found = predicted.Alpha.Span;
        var right = truth.Alpha.Span;
        long absolute = 0, square = 0;
        for (var i = 0; i < found.Length; i++)
        {
            var difference = found[i] - right[i];
            absolute += Math.Abs(difference);
            square += difference * difference;
        }

        var sum = absolute / 255.0;
        return new AlphaError(sum / 1000, square / (255.0 * 255 * found.Length), sum / found.Length);
    }
}
