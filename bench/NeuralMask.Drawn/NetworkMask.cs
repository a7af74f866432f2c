using NeuralMask.Imaging;

namespace NeuralMask.Drawn;

/// <summary>What a network would have answered for a picture whose alpha is known.</summary>
public static class NetworkMask
{
    // A mild imperfection: a prediction about as soft as one more mask pixel, and unsure by a few percent.
    private const int Side = 1024;
    private const float NoiseLevel = 0.04f;

    /// <summary>A perfect network that only its resolution limits: every mask pixel is the mean alpha of the area under it.</summary>
    /// <param name="alpha">The true alpha.</param>
    /// <param name="width">Width of the mask in pixels.</param>
    /// <param name="height">Height of the mask in pixels.</param>
    public static Mask Perfect(Mask alpha, int width = Side, int height = Side)
    {
        ArgumentNullException.ThrowIfNull(alpha);
        var across = Shares(alpha.Width, width);
        var down = Shares(alpha.Height, height);
        var rows = new float[height * alpha.Width];
        for (var y = 0; y < height; y++)
        {
            foreach (var (from, share) in down[y])
            {
                var row = alpha.Alpha.Span.Slice(from * alpha.Width, alpha.Width);
                for (var x = 0; x < row.Length; x++)
                {
                    rows[(y * alpha.Width) + x] += row[x] * share;
                }
            }
        }

        var result = new byte[width * height];
        for (var i = 0; i < result.Length; i++)
        {
            var sum = 0f;
            foreach (var (from, share) in across[i % width])
            {
                sum += rows[(i / width * alpha.Width) + from] * share;
            }

            result[i] = (byte)(sum + 0.5f);
        }

        return new Mask(result, width, height);
    }

    /// <summary>A real network: softer than its resolution would allow, and a little unsure wherever it is not certain.</summary>
    /// <param name="perfect">The mask of a perfect one.</param>
    public static Mask Imperfect(Mask perfect)
    {
        ArgumentNullException.ThrowIfNull(perfect);
        var (width, height) = (perfect.Width, perfect.Height);
        var alpha = perfect.Alpha.Span;
        var dice = new DrawnDice(77);
        var result = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // The binomial 1 2 1 in both directions.
                var sum = 0f;
                for (var dy = -1; dy <= 1; dy++)
                {
                    for (var dx = -1; dx <= 1; dx++)
                    {
                        var at = (Math.Clamp(y + dy, 0, height - 1) * width) + Math.Clamp(x + dx, 0, width - 1);
                        sum += alpha[at] * ((2 - Math.Abs(dx)) * (2 - Math.Abs(dy)) / 16f);
                    }
                }

                var share = sum / 255;
                var noise = dice.Normal() * NoiseLevel * MathF.Sqrt(4 * share * (1 - share));
                result[(y * width) + x] = (byte)((Math.Clamp(share + noise, 0, 1) * 255) + 0.5f);
            }
        }

        return new Mask(result, width, height);
    }

    // Which source pixels lie under a target pixel, and with what share of it.
    private static List<(int From, float Share)>[] Shares(int source, int target)
    {
        var step = (double)source / target;
        var shares = new List<(int, float)>[target];
        for (var i = 0; i < target; i++)
        {
            shares[i] = [];
            var (start, end) = (i * step, (i + 1) * step);
            for (var from = (int)start; from < source && from < end; from++)
            {
                var share = (Math.Min(end, from + 1) - Math.Max(start, from)) / step;
                if (share > 1e-9)
                {
                    shares[i].Add((from, (float)share));
                }
            }
        }

        return shares;
    }
}
