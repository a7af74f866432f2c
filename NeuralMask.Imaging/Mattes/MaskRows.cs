using System.Buffers;

namespace NeuralMask.Imaging;

/// <summary>
/// A mask spread to a picture's size, row by row from the top: bilinear with half-pixel centres, antialiased where
/// the picture is the smaller one. Holds as many spread rows of the mask as one row of the picture needs.
/// </summary>
internal sealed class MaskRows : IDisposable
{
    private readonly ReadOnlyMemory<byte> _alpha;
    private readonly int _maskWidth;
    private readonly int _width;
    private readonly AxisWeights _across;
    private readonly AxisWeights _down;
    private readonly float[] _ring;
    private readonly float[] _sum;
    private int _next;

    /// <summary>Prepares the spread of the part of the mask that the picture covered on its canvas.</summary>
    public MaskRows(Mask mask, CanvasPlacement placement, int width, int height)
    {
        // The mask may have another size than the canvas: the picture then ends inside a mask pixel.
        var partWidth = (double)placement.Width * mask.Width / placement.CanvasWidth;
        var partHeight = (double)placement.Height * mask.Height / placement.CanvasHeight;
        _alpha = mask.Alpha;
        _maskWidth = mask.Width;
        _width = width;
        _across = AxisWeights.Create(ResizeKernel.Bilinear, 0, partWidth, mask.Width, width);
        _down = AxisWeights.Create(ResizeKernel.Bilinear, 0, partHeight, mask.Height, height);
        _ring = ArrayPool<float>.Shared.Rent(_down.Taps * width);
        _sum = ArrayPool<float>.Shared.Rent(width);
    }

    /// <summary>Alpha of one row of the picture, 0 to 255; valid until the next call. Rows are asked for in order.</summary>
    public ReadOnlySpan<float> Row(int y)
    {
        var start = _down.Starts[y];
        for (_next = Math.Max(_next, start); _next < start + _down.Taps; _next++)
        {
            Across(_alpha.Span.Slice(_next * _maskWidth, _maskWidth), RingRow(_next));
        }

        var sum = _sum.AsSpan(0, _width);
        sum.Clear();
        for (var k = 0; k < _down.Taps; k++)
        {
            Resampler.AddScaled(RingRow(start + k), _down.Weights[(y * _down.Taps) + k], sum);
        }

        return sum;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_ring);
        ArrayPool<float>.Shared.Return(_sum);
    }

    private Span<float> RingRow(int maskRow) => _ring.AsSpan(maskRow % _down.Taps * _width, _width);

    private void Across(ReadOnlySpan<byte> row, Span<float> result)
    {
        var starts = _across.Starts.AsSpan(0, result.Length);
        var weights = _across.Weights.AsSpan();
        var taps = _across.Taps;
        if (taps == 2)
        {
            // Every enlargement ends here.
            for (var x = 0; x < result.Length; x++)
            {
                var pair = row.Slice(starts[x], 2);
                result[x] = (pair[0] * weights[2 * x]) + (pair[1] * weights[(2 * x) + 1]);
            }

            return;
        }

        for (var x = 0; x < result.Length; x++)
        {
            var from = row.Slice(starts[x], taps);
            var factors = weights.Slice(x * taps, taps);
            var sum = 0f;
            for (var k = 0; k < from.Length; k++)
            {
                sum += from[k] * factors[k];
            }

            result[x] = sum;
        }
    }
}
