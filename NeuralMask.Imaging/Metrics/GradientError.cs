namespace NeuralMask.Imaging;

/// <summary>
/// How far the edges of an alpha are from the true ones: Σ (|∇α| − |∇α*|)² / 1000, where ∇ is the first derivative of
/// a Gaussian of σ = 1.4 (Rhemann et al., "A perceptually motivated online benchmark for image matting", CVPR 2009).
/// </summary>
public static class GradientError
{
    private const double Sigma = 1.4;

    // Where the Gaussian has fallen below this it is cut off, as that benchmark's definition has it.
    private const double Cutoff = 1e-2;

    private static readonly (float[] Smooth, float[] Slope) Kernel = MakeKernel();

    /// <summary>The error over all pixels; 0 where the edges agree. Borders are repeated.</summary>
    /// <param name="predicted">What was found.</param>
    /// <param name="truth">What is right.</param>
    /// <param name="cancellationToken">Seen once a row.</param>
    /// <exception cref="ArgumentException">Their sizes differ.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Between(Mask predicted, Mask truth, CancellationToken cancellationToken)
    {
        MaskPair.ThrowUnlessSameSize(predicted, truth);
        var found = new float[predicted.Width];
        var right = new float[predicted.Width];
        double sum = 0;
        for (var y = 0; y < predicted.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Magnitudes(predicted, y, found);
            Magnitudes(truth, y, right);
            for (var x = 0; x < found.Length; x++)
            {
                double difference = found[x] - right[x];
                sum += difference * difference;
            }
        }

        return sum / 1000;
    }

    /// <summary>|∇α| of one row, alpha from 0 to 1.</summary>
    private static void Magnitudes(Mask mask, int y, float[] result)
    {
        var (smooth, slope) = Kernel;
        var half = smooth.Length / 2;
        var width = mask.Width;
        var alpha = mask.Alpha.Span;

        // Down first, into one row for each of the two derivatives; then across.
        var smoothed = new float[width + (2 * half)];
        var sloped = new float[width + (2 * half)];
        for (var k = -half; k <= half; k++)
        {
            var row = alpha.Slice(Math.Clamp(y + k, 0, mask.Height - 1) * width, width);
            Add(row, smooth[k + half] / 255, smoothed.AsSpan(half, width));
            Add(row, slope[k + half] / 255, sloped.AsSpan(half, width));
        }

        foreach (var line in new[] { smoothed, sloped })
        {
            line.AsSpan(0, half).Fill(line[half]);
            line.AsSpan(half + width).Fill(line[half + width - 1]);
        }

        for (var x = 0; x < width; x++)
        {
            float across = 0, down = 0;
            for (var k = 0; k < smooth.Length; k++)
            {
                across += smoothed[x + k] * slope[k];
                down += sloped[x + k] * smooth[k];
            }

            result[x] = MathF.Sqrt((across * across) + (down * down));
        }
    }

    private static void Add(ReadOnlySpan<byte> row, float weight, Span<float> sum)
    {
        for (var x = 0; x < sum.Length; x++)
        {
            sum[x] += row[x] * weight;
        }
    }

    // The two-dimensional kernel g(y)·g'(x) is scaled to the Euclidean length 1, each of its factors to its own length.
    private static (float[] Smooth, float[] Slope) MakeKernel()
    {
        var half = (int)Math.Ceiling(Sigma * Math.Sqrt(-2 * Math.Log(Math.Sqrt(2 * Math.PI) * Sigma * Cutoff)));
        var smooth = new double[(2 * half) + 1];
        var slope = new double[(2 * half) + 1];
        for (var k = -half; k <= half; k++)
        {
            smooth[k + half] = Math.Exp(-k * k / (2 * Sigma * Sigma)) / (Sigma * Math.Sqrt(2 * Math.PI));
            slope[k + half] = -k * smooth[k + half] / (Sigma * Sigma);
        }

        return (Scaled(smooth), Scaled(slope));
    }

    private static float[] Scaled(double[] kernel)
    {
        var length = Math.Sqrt(kernel.Sum(value => value * value));
        return [.. kernel.Select(value => (float)(value / length))];
    }
}
