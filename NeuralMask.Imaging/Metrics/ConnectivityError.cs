namespace NeuralMask.Imaging;

/// <summary>
/// How much of an alpha hangs loose: Σ |φ(α) − φ(α*)| / 1000 with φ = 1 − d·[d ≥ θ], where d = α − l and l is the
/// highest level up to which a pixel belongs to the largest piece that both alphas have in common (Rhemann et al.,
/// CVPR 2009; levels in steps of 0.1 and θ = 0.15 as there). Neighbours share a side.
/// </summary>
public static class ConnectivityError
{
    private const int Levels = 10;
    private const float Theta = 0.15f;

    /// <summary>The error over all pixels; 0 for equal alphas.</summary>
    /// <param name="predicted">What was found.</param>
    /// <param name="truth">What is right.</param>
    /// <param name="cancellationToken">Seen once a level.</param>
    /// <exception cref="ArgumentException">Their sizes differ.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Between(Mask predicted, Mask truth, CancellationToken cancellationToken)
    {
        MaskPair.ThrowUnlessSameSize(predicted, truth);
        var found = predicted.Alpha.Span;
        var right = truth.Alpha.Span;

        // The number of the level at which a pixel was last seen in the common piece; all are at level 0.
        var last = new byte[found.Length];
        var common = new bool[found.Length];
        for (var level = 1; level <= Levels; level++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var threshold = level * 255f / Levels;
            for (var i = 0; i < common.Length; i++)
            {
                common[i] = found[i] >= threshold && right[i] >= threshold;
            }

            LargestPiece.Keep(common, predicted.Width);
            for (var i = 0; i < common.Length; i++)
            {
                // A pixel that fell off once does not come back at a higher level.
                if (common[i] && last[i] == level - 1)
                {
                    last[i] = (byte)level;
                }
            }
        }

        double sum = 0;
        for (var i = 0; i < last.Length; i++)
        {
            var level = (float)last[i] / Levels;
            sum += Math.Abs(Connected(found[i], level) - Connected(right[i], level));
        }

        return sum / 1000;
    }

    private static float Connected(byte alpha, float level)
    {
        var distance = (alpha / 255f) - level;
        return distance >= Theta ? 1 - distance : 1;
    }
}
