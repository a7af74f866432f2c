using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// Rows of the guide, 0 to 1, made as soft as the mask is: the newest few are kept, so ask for them in rising order.
/// </summary>
internal sealed class GuideRows
{
    private const int Kept = (2 * EdgeFit.Radius) + 1;
    private readonly GuideGrid _guide;
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _kernel;
    private readonly float[] _ring;
    private readonly int[] _held;
    private readonly float[] _line;

    public GuideRows(GuideGrid guide, MaskGrid grid, float[] kernel)
    {
        (_guide, _width, _height, _kernel) = (guide, grid.Width, grid.Height, kernel);
        Stride = EdgeFit.Stride(grid.Width);
        _ring = new float[Kept * 3 * Stride];
        _line = new float[grid.Width + kernel.Length];
        _held = new int[Kept];
        _held.AsSpan().Fill(-1);
    }

    /// <summary>The grid that the rows are made of.</summary>
    public GuideGrid Guide => _guide;

    /// <summary>Floats from one channel's row to the next.</summary>
    public int Stride { get; }

    /// <summary>Red, green and blue rows behind each other, <see cref="Stride"/> apart; the row is cut to the grid.</summary>
    public ReadOnlySpan<float> Row(int y)
    {
        y = Math.Clamp(y, 0, _height - 1);
        var slot = y % Kept;
        var rows = _ring.AsSpan(slot * 3 * Stride, 3 * Stride);
        if (_held[slot] != y)
        {
            _held[slot] = y;
            for (var channel = 0; channel < 3; channel++)
            {
                Make(channel, y, rows.Slice(channel * Stride, _width));
            }
        }

        return rows;
    }

    private void Make(int channel, int y, Span<float> result)
    {
        var half = _kernel.Length / 2;
        var line = _line.AsSpan(0, _width + (2 * half));
        var inside = line.Slice(half, _width);
        inside.Clear();
        for (var k = -half; k <= half; k++)
        {
            AddWords(_guide.Row(channel, Math.Clamp(y + k, 0, _height - 1)), _kernel[k + half] / ushort.MaxValue, inside);
        }

        line[..half].Fill(inside[0]);
        line[(half + _width)..].Fill(inside[^1]);
        result.Clear();
        for (var k = 0; k < _kernel.Length; k++)
        {
            Resampler.AddScaled(line.Slice(k, _width), _kernel[k], result);
        }
    }

    private static void AddWords(ReadOnlySpan<ushort> row, float weight, Span<float> sum)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(sum[..row.Length]);
        var i = 0;
        for (; i + 8 <= row.Length; i += 8)
        {
            var words = Vector128.LoadUnsafe(ref from, (nuint)i);
            var wide = Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32();
            (Vector256.LoadUnsafe(ref to, (nuint)i) + (Vector256.ConvertToSingle(wide) * weight)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i] * weight;
        }
    }
}
