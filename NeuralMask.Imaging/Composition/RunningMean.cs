namespace NeuralMask.Imaging;

/// <summary>
/// Blurs a plane by three running means in each direction, which come close to a Gaussian. A mean over any width costs
/// one addition and one subtraction a pixel.
/// </summary>
internal static class RunningMean
{
    private const int Passes = 3;

    /// <summary>Blurs in place; beyond the edges everything is 0.</summary>
    /// <param name="plane">A byte a pixel, rows from the top.</param>
    /// <param name="spare">As many bytes, of any content.</param>
    /// <param name="width">Width of the plane.</param>
    /// <param name="radius">Each mean is over twice as many pixels and one.</param>
    /// <param name="cancellationToken">Seen once a row.</param>
    public static void Blur(Span<byte> plane, Span<byte> spare, int width, int radius, CancellationToken cancellationToken)
    {
        if (radius <= 0)
        {
            return;
        }

        for (var pass = 0; pass < Passes; pass++)
        {
            Across(plane, spare, width, radius, cancellationToken);
            Down(spare, plane, width, radius, cancellationToken);
        }
    }

    private static void Across(ReadOnlySpan<byte> source, Span<byte> target, int width, int radius, CancellationToken cancellationToken)
    {
        var share = 1f / ((2 * radius) + 1);
        for (var start = 0; start < source.Length; start += width)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = source.Slice(start, width);
            var result = target.Slice(start, width);
            var sum = 0;
            for (var x = 0; x < Math.Min(radius, width); x++)
            {
                sum += row[x];
            }

            for (var x = 0; x < result.Length; x++)
            {
                sum += x + radius < row.Length ? row[x + radius] : 0;
                result[x] = (byte)((sum * share) + 0.5f);
                sum -= x - radius >= 0 ? row[x - radius] : 0;
            }
        }
    }

    private static void Down(ReadOnlySpan<byte> source, Span<byte> target, int width, int radius, CancellationToken cancellationToken)
    {
        var share = 1f / ((2 * radius) + 1);
        var height = source.Length / width;
        var nothing = new byte[width];
        var sums = new int[width];
        for (var y = 0; y < Math.Min(radius, height); y++)
        {
            Step(source.Slice(y * width, width), nothing, sums);
        }

        for (var y = 0; y < height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entering = y + radius < height ? source.Slice((y + radius) * width, width) : nothing;
            var leaving = y - radius - 1 >= 0 ? source.Slice((y - radius - 1) * width, width) : nothing;
            Step(entering, leaving, sums);
            var result = target.Slice(y * width, width);
            for (var x = 0; x < result.Length; x++)
            {
                result[x] = (byte)((sums[x] * share) + 0.5f);
            }
        }
    }

    private static void Step(ReadOnlySpan<byte> entering, ReadOnlySpan<byte> leaving, Span<int> sums)
    {
        for (var x = 0; x < sums.Length; x++)
        {
            sums[x] += entering[x] - leaving[x];
        }
    }
}
