namespace NeuralMask.Imaging;

/// <summary>
/// The weights of a resize along one axis. Every target position takes the same number of neighbouring source
/// positions, so that loops over them have a fixed length; positions that do not count have the weight 0.
/// </summary>
internal sealed class AxisWeights
{
    private const double LanczosLobes = 3;

    private AxisWeights(int[] starts, float[] weights, int taps)
    {
        Starts = starts;
        Weights = weights;
        Taps = taps;
    }

    /// <summary>First source position of each target position; never falls from one to the next.</summary>
    public int[] Starts { get; }

    /// <summary><see cref="Taps"/> weights for each target position; each group sums to 1.</summary>
    public float[] Weights { get; }

    /// <summary>Source positions that each target position takes.</summary>
    public int Taps { get; }

    /// <summary>For a resize of the whole axis.</summary>
    public static AxisWeights Create(ResizeKernel kernel, int source, int target) => Create(kernel, 0, source, source, target);

    /// <summary>For a resize of a part of the axis, which may begin and end inside a pixel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="from">Where the part begins, in source pixels.</param>
    /// <param name="length">Length of the part in source pixels, above 0.</param>
    /// <param name="source">Source pixels of the axis.</param>
    /// <param name="target">Target pixels that the part becomes, at least 1.</param>
    /// <remarks>Only pixels whose centre lies in the part count; at least one always does.</remarks>
    public static AxisWeights Create(ResizeKernel kernel, double from, double length, int source, int target)
    {
        var lowest = Math.Clamp((int)Math.Ceiling(from - 0.5), 0, source - 1);
        var highest = Math.Clamp((int)Math.Floor(from + length - 0.5), lowest, source - 1);
        var step = length / target;
        var widening = Math.Max(step, 1);
        var reach = kernel switch
        {
            ResizeKernel.Bilinear => widening,
            ResizeKernel.Area => (step + 1) / 2,
            ResizeKernel.Lanczos => LanczosLobes * widening,
            _ => throw new ArgumentOutOfRangeException(nameof(kernel)),
        };

        var starts = new int[target];
        var spans = new double[target][];
        var taps = 1;
        for (var i = 0; i < target; i++)
        {
            var centre = from + ((i + 0.5) * step);
            (starts[i], spans[i]) = Around(kernel, centre, reach, step, lowest, highest);
            taps = Math.Max(taps, spans[i].Length);
        }

        var weights = new float[target * taps];
        for (var i = 0; i < target; i++)
        {
            // A group near the end begins earlier rather than reaching beyond it.
            var start = Math.Max(lowest, Math.Min(starts[i], highest + 1 - taps));
            var offset = (i * taps) + starts[i] - start;
            for (var k = 0; k < spans[i].Length; k++)
            {
                weights[offset + k] = (float)spans[i][k];
            }

            starts[i] = start;
        }

        return new AxisWeights(starts, weights, taps);
    }

    private static (int Start, double[] Weights) Around(
        ResizeKernel kernel, double centre, double reach, double step, int lowest, int highest)
    {
        var first = Math.Clamp((int)Math.Floor(centre - reach), lowest, highest);
        var last = Math.Clamp((int)Math.Ceiling(centre + reach), lowest, highest);
        while (first < last && Weight(kernel, first + 0.5 - centre, step) == 0)
        {
            first++;
        }

        while (last > first && Weight(kernel, last + 0.5 - centre, step) == 0)
        {
            last--;
        }

        var weights = new double[last - first + 1];
        var sum = 0.0;
        for (var k = 0; k < weights.Length; k++)
        {
            weights[k] = Weight(kernel, first + k + 0.5 - centre, step);
            sum += weights[k];
        }

        if (sum == 0)
        {
            // Only where the single candidate lies out of reach, beyond the end of the part: the border is repeated.
            return (first, [1]);
        }

        for (var k = 0; k < weights.Length; k++)
        {
            weights[k] /= sum;
        }

        return (first, weights);
    }

    private static double Weight(ResizeKernel kernel, double distance, double step)
    {
        var scaled = Math.Abs(distance) / Math.Max(step, 1);
        return kernel switch
        {
            ResizeKernel.Bilinear => Math.Max(0, 1 - scaled),
            ResizeKernel.Area => Math.Clamp(((step + 1) / 2) - Math.Abs(distance), 0, Math.Min(step, 1)),
            _ => scaled < LanczosLobes ? Sinc(scaled) * Sinc(scaled / LanczosLobes) : 0,
        };
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
