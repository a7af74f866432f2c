namespace NeuralMask.Imaging.Tests;

/// <summary>
/// The well-known convolution resize, written down in doubles without any thought for speed: centre (i + 0.5) × scale,
/// support widened by the scale where it shrinks, weights normalised.
/// </summary>
internal static class PlainResize
{
    /// <summary>Resizes one channel of values.</summary>
    public static double[,] Run(double[,] source, int width, int height, double support, Func<double, double> kernel)
    {
        var rows = source.GetLength(0);
        var across = new double[rows, width];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < width; x++)
            {
                across[y, x] = Sum(source.GetLength(1), width, x, support, kernel, i => source[y, i]);
            }
        }

        var result = new double[height, width];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                result[y, x] = Sum(rows, height, y, support, kernel, i => across[i, x]);
            }
        }

        return result;
    }

    public static double Triangle(double x) => Math.Max(0, 1 - Math.Abs(x));

    public static double Lanczos(double x) => Math.Abs(x) < 3 ? Sinc(x) * Sinc(x / 3) : 0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Sum(int source, int target, int index, double support, Func<double, double> kernel, Func<int, double> value)
    {
        var scale = (double)source / target;
        var widening = Math.Max(scale, 1);
        var centre = (index + 0.5) * scale;
        double sum = 0, weights = 0;
        for (var i = 0; i < source; i++)
        {
            if (Math.Abs(i + 0.5 - centre) <= support * widening)
            {
                var weight = kernel((i + 0.5 - centre) / widening);
                sum += weight * value(i);
                weights += weight;
            }
        }

        return sum / weights;
    }
}
