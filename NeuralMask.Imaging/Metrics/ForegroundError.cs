namespace NeuralMask.Imaging;

/// <summary>How far the colour of a cut-out is from the subject's own, where the two can differ.</summary>
public static class ForegroundError
{
    /// <summary>
    /// Mean absolute difference of red, green and blue, each 0 to 1, over the pixels whose true alpha is neither 0
    /// nor 1; 0 where there is none. Alpha of the two pictures plays no part.
    /// </summary>
    /// <param name="cutout">What was found; only its colour counts.</param>
    /// <param name="foreground">The subject's own colour.</param>
    /// <param name="truth">The true alpha.</param>
    /// <exception cref="ArgumentException">Their sizes differ.</exception>
    public static double InBand(Picture cutout, Picture foreground, Mask truth)
    {
        ArgumentNullException.ThrowIfNull(cutout);
        ArgumentNullException.ThrowIfNull(foreground);
        ArgumentNullException.ThrowIfNull(truth);
        if ((cutout.Width, cutout.Height) != (truth.Width, truth.Height) || (foreground.Width, foreground.Height) != (truth.Width, truth.Height))
        {
            throw new ArgumentException("The pictures and the alpha have to be of one size.", nameof(cutout));
        }

        var found = cutout.Reading;
        var right = foreground.Reading;
        var alpha = truth.Alpha.Span;
        long sum = 0, values = 0;
        for (var i = 0; i < alpha.Length; i++)
        {
            if (alpha[i] is 0 or 255)
            {
                continue;
            }

            for (var c = 4 * i; c < (4 * i) + 3; c++)
            {
                sum += Math.Abs(found[c] - right[c]);
            }

            values += 3;
        }

        return values == 0 ? 0 : sum / (255.0 * values);
    }
}
