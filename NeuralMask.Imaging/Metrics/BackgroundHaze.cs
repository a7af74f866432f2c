namespace NeuralMask.Imaging;

/// <summary>The veil that is left over a background: what a doubled activation or a stretched mask gives away.</summary>
public static class BackgroundHaze
{
    /// <summary>Mean alpha, 0 to 1, of what was found where the truth is 0; 0 where the truth has no background.</summary>
    /// <param name="predicted">What was found.</param>
    /// <param name="truth">What is right.</param>
    /// <exception cref="ArgumentException">Their sizes differ.</exception>
    public static double Of(Mask predicted, Mask truth)
    {
        MaskPair.ThrowUnlessSameSize(predicted, truth);
        var found = predicted.Alpha.Span;
        var right = truth.Alpha.Span;
        long sum = 0, pixels = 0;
        for (var i = 0; i < found.Length; i++)
        {
            if (right[i] == 0)
            {
                sum += found[i];
                pixels++;
            }
        }

        return pixels == 0 ? 0 : sum / (255.0 * pixels);
    }
}
