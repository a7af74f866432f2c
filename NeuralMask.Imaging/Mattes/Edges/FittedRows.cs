using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// Fits of cells, spread over the rows of a picture from the top and applied to its colours. Holds as many rows of
/// fits as one row of the picture needs.
/// </summary>
internal sealed class FittedRows : IDisposable
{
    private readonly EdgeFit _fit;
    private readonly BandCells _band;
    private readonly Mask _mask;
    private readonly MaskGrid _grid;
    private readonly AxisWeights _across;
    private readonly AxisWeights _down;
    private readonly Vector128<float>[] _ring;
    private readonly Vector128<float>[] _line;
    private readonly bool[] _active;
    private readonly List<(int First, int End)> _runs = [];
    private int _next;
    private int _start = -1;

    public FittedRows(EdgeFit fit, BandCells band, Mask mask, MaskGrid grid, int width, int height)
    {
        (_fit, _band, _mask, _grid) = (fit, band, mask, grid);
        _across = AxisWeights.Create(ResizeKernel.Bilinear, 0, grid.PartWidth, mask.Width, width);
        _down = AxisWeights.Create(ResizeKernel.Bilinear, 0, grid.PartHeight, mask.Height, height);
        _ring = ArrayPool<Vector128<float>>.Shared.Rent(_down.Taps * grid.Width);
        _line = ArrayPool<Vector128<float>>.Shared.Rent(grid.Width);
        _active = new bool[grid.Width];
    }

    /// <summary>Overwrites the alpha of a row where a fit has a part in it. Rows come in order.</summary>
    public void Refine(Picture picture, int y, Span<byte> alpha)
    {
        var start = _down.Starts[y];
        if (start != _start)
        {
            Advance(start);
        }

        if (_runs.Count == 0)
        {
            return;
        }

        var pixels = MemoryMarshal.Cast<byte, uint>(picture.Reading).Slice(y * picture.Width, picture.Width);
        var opaque = picture.IsOpaqueIfKnown is true;
        foreach (var (first, last) in _runs)
        {
            Down(y, first, last);
            var end = Math.Min(EndPixelOf(last), pixels.Length);
            for (var x = FirstPixelOf(first); x < end; x++)
            {
                var value = At(x, opaque ? Opaque(pixels[x]) : OverGrey(pixels[x]));
                alpha[x] = (byte)(Math.Clamp(value, 0, 255) + 0.5f);
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<Vector128<float>>.Shared.Return(_ring);
        ArrayPool<Vector128<float>>.Shared.Return(_line);
    }

    private Span<Vector128<float>> RingRow(int row) => _ring.AsSpan(row % _down.Taps * _grid.Width, _grid.Width);

    private void Advance(int start)
    {
        _start = start;
        for (_next = Math.Max(_next, start); _next < start + _down.Taps; _next++)
        {
            Fit(_next);
        }

        _active.AsSpan().Clear();
        for (var row = start; row < start + _down.Taps; row++)
        {
            var set = _band.Row(row);
            for (var x = 0; x < set.Length; x++)
            {
                _active[x] |= set[x];
            }
        }

        _runs.Clear();
        for (var x = 0; x < _active.Length; x++)
        {
            if (!_active[x])
            {
                continue;
            }

            var first = x;
            while (x < _active.Length && _active[x])
            {
                x++;
            }

            _runs.Add((first, x));
        }
    }

    private void Fit(int row)
    {
        var cells = RingRow(row);
        var set = _band.Row(row);
        var (first, end) = _band.Span(row);
        if (end > 0)
        {
            _fit.Row(row, first, end, cells);
        }

        var alphas = _mask.Alpha.Span.Slice(row * _mask.Width, cells.Length);
        for (var x = 0; x < cells.Length; x++)
        {
            if (!set[x])
            {
                cells[x] = Vector128.Create(0, 0, 0, (float)alphas[x]);
            }
        }
    }

    // Blends the rows of fits for a row of the picture: the run, and what its pixels take of the cells beside it.
    private void Down(int y, int first, int end)
    {
        (first, end) = (Math.Max(0, first - _across.Taps), Math.Min(_grid.Width, end + _across.Taps));
        var line = _line.AsSpan(first, end - first);
        line.Clear();
        for (var k = 0; k < _down.Taps; k++)
        {
            var weight = Vector128.Create(_down.Weights[(y * _down.Taps) + k]);
            var cells = RingRow(_start + k)[first..end];
            for (var x = 0; x < cells.Length; x++)
            {
                line[x] += cells[x] * weight;
            }
        }
    }

    // The first pixel that takes something of a cell or of one behind it.
    private int FirstPixelOf(int cell)
    {
        var found = Array.BinarySearch(_across.Starts, cell - _across.Taps + 1);
        found = found < 0 ? ~found : found;
        while (found > 0 && _across.Starts[found - 1] == cell - _across.Taps + 1)
        {
            found--;
        }

        return found;
    }

    // Behind the last pixel that takes something of a cell before this one.
    private int EndPixelOf(int cell) => FirstPixelOf(cell + _across.Taps - 1);

    private float At(int x, Vector128<float> colour)
    {
        var cells = _line.AsSpan(_across.Starts[x], _across.Taps);
        var fit = Vector128<float>.Zero;
        for (var k = 0; k < cells.Length; k++)
        {
            fit += cells[k] * _across.Weights[(x * cells.Length) + k];
        }

        return Vector128.Dot(fit, colour);
    }

    // The fourth lane is the 1 that t is multiplied by.
    private static Vector128<float> Opaque(uint rgba)
    {
        var bytes = Vector128.CreateScalarUnsafe((rgba & 0x00FF_FFFF) | 0x0100_0000).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }

    private static Vector128<float> OverGrey(uint rgba)
    {
        var share = Vector128.Create((rgba >> 24) * (1 / 255f)).WithElement(3, 1);
        var grey = Vector128.Create(GreyBackedForm.Grey, GreyBackedForm.Grey, GreyBackedForm.Grey, 1);
        return (Opaque(rgba) * share) + (grey * (Vector128<float>.One - share));
    }
}
