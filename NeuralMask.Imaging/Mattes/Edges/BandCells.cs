using System.Buffers;

namespace NeuralMask.Imaging;

/// <summary>
/// The cells of a mask round which alpha may change: those that are unsure or have a neighbour of another mind, so
/// that the band is the unsure part grown by one cell. The picture's band thereby grows with the enlargement.
/// </summary>
internal sealed class BandCells : IDisposable
{
    // Alpha up to here, and from 255 less this, is sure: 1 %, below what eight bits and a network's output tell apart.
    private const byte Sure = 2;

    // How far a row's fit looks: its window's two rows, and four more for the softest guide.
    private const int Reach = EdgeFit.Radius + MaskSoftness.Radius;

    private readonly bool[] _set;
    private readonly (int First, int End)[] _spans;
    private readonly MaskGrid _grid;

    public BandCells(Mask mask, MaskGrid grid)
    {
        _grid = grid;
        _set = ArrayPool<bool>.Shared.Rent(grid.Width * grid.Height);
        _spans = new (int, int)[grid.Height];
        var low = new byte[grid.Width];
        var high = new byte[grid.Width];
        for (var y = 0; y < grid.Height; y++)
        {
            Extremes(mask, y, low, high);
            _spans[y] = Mark(low, high, _set.AsSpan(y * grid.Width, grid.Width));
            IsEmpty &= _spans[y].End == 0;
        }
    }

    /// <summary>True where the mask is sure everywhere.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Whether each cell of a row is in the band.</summary>
    public ReadOnlySpan<bool> Row(int y) => _set.AsSpan(y * _grid.Width, _grid.Width);

    /// <summary>From the first cell of the row that is in the band to behind the last; (0, 0) where none is.</summary>
    public (int First, int End) Span(int y) => _spans[y];

    /// <summary>Whether a fit of some row looks at the guide's row.</summary>
    public bool NeedsGuide(int y)
    {
        for (var i = Math.Max(0, y - Reach); i <= Math.Min(_spans.Length - 1, y + Reach); i++)
        {
            if (_spans[i].End > 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => ArrayPool<bool>.Shared.Return(_set);

    private void Extremes(Mask mask, int y, Span<byte> low, Span<byte> high)
    {
        low.Fill(byte.MaxValue);
        high.Clear();
        for (var i = Math.Max(0, y - 1); i <= Math.Min(_grid.Height - 1, y + 1); i++)
        {
            var row = mask.Alpha.Span.Slice(i * mask.Width, low.Length);
            for (var x = 0; x < row.Length; x++)
            {
                low[x] = Math.Min(low[x], row[x]);
                high[x] = Math.Max(high[x], row[x]);
            }
        }
    }

    private static (int First, int End) Mark(ReadOnlySpan<byte> low, ReadOnlySpan<byte> high, Span<bool> set)
    {
        var (first, end) = (0, 0);
        for (var x = 0; x < set.Length; x++)
        {
            var (left, right) = (Math.Max(0, x - 1), Math.Min(set.Length - 1, x + 1));
            var lowest = Math.Min(low[x], Math.Min(low[left], low[right]));
            var highest = Math.Max(high[x], Math.Max(high[left], high[right]));
            set[x] = highest > Sure && lowest < byte.MaxValue - Sure;
            if (set[x])
            {
                (first, end) = (end == 0 ? x : first, x + 1);
            }
        }

        return (first, end);
    }
}
