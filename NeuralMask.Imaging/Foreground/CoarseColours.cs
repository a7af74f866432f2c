using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// The first of the two passes: the foreground and background that explain a window of about 90 × 90 pixels best.
/// So wide a window's answer is smooth, so it is taken on a grid of 8 × 8 pixels and joined linearly between.
/// </summary>
internal sealed class CoarseColours : IDisposable
{
    private const int Cell = 8;

    // Eleven cells are 88 pixels: the odd number nearest to the method's 90, so that the window has a centre.
    private const int Reach = 5;

    private readonly int _across;
    private readonly int _down;
    private readonly int _width;
    private readonly Vector256<float>[] _cells;
    private readonly Vector256<float>[] _line;

    // Σ α (1 − α) of each cell, which the pairs have no lane for.
    private readonly float[] _mixed;

    public CoarseColours(Picture picture, ReadOnlySpan<byte> alpha, BandBlocks band, CancellationToken cancellationToken)
    {
        _width = picture.Width;
        _across = (picture.Width + Cell - 1) / Cell;
        _down = (picture.Height + Cell - 1) / Cell;
        _cells = ArrayPool<Vector256<float>>.Shared.Rent(_across * _down);
        _line = ArrayPool<Vector256<float>>.Shared.Rent(_across);
        _mixed = ArrayPool<float>.Shared.Rent(_across * _down);
        Cells.Clear();
        _mixed.AsSpan(0, _across * _down).Clear();
        Sum(picture, alpha, band, cancellationToken);
        Blur(cancellationToken);
    }

    private Span<Vector256<float>> Cells => _cells.AsSpan(0, _across * _down);

    /// <summary>Prepares a row of the picture.</summary>
    public void MoveTo(int y)
    {
        var place = Math.Clamp(((y + 0.5f) / Cell) - 0.5f, 0, _down - 1);
        var above = Math.Min((int)place, _down - 1);
        var below = Math.Min(above + 1, _down - 1);
        var share = Vector256.Create(place - above);
        var (first, second) = (above * _across, below * _across);
        for (var x = 0; x < _across; x++)
        {
            _line[x] = _cells[first + x] + ((_cells[second + x] - _cells[first + x]) * share);
        }
    }

    /// <summary>Foreground and background at a pixel of the row.</summary>
    public Vector256<float> At(int x)
    {
        var place = Math.Clamp(((x + 0.5f) / Cell) - 0.5f, 0, _across - 1);
        var left = (int)place;
        var right = Math.Min(left + 1, _across - 1);
        return _line[left] + ((_line[right] - _line[left]) * Vector256.Create(place - left));
    }

    public void Dispose()
    {
        ArrayPool<Vector256<float>>.Shared.Return(_cells);
        ArrayPool<Vector256<float>>.Shared.Return(_line);
        ArrayPool<float>.Shared.Return(_mixed);
    }

    // Sums of weighted colours in each cell, near the band only.
    private void Sum(Picture picture, ReadOnlySpan<byte> alpha, BandBlocks band, CancellationToken cancellationToken)
    {
        const int Far = (Reach + 2) * Cell;
        const int FarBlocks = (Far + BandBlocks.Size - 1) / BandBlocks.Size;
        var pixels = MemoryMarshal.Cast<byte, uint>(picture.Reading);
        var near = new bool[band.Count];
        for (var row = 0; row < _down; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            band.Any((row * Cell) - Far, (row * Cell) + Cell + Far, near);
            for (var block = 0; block < near.Length; block++)
            {
                var around = near.AsSpan(Math.Max(0, block - FarBlocks), Math.Min(near.Length, block + FarBlocks + 1) - Math.Max(0, block - FarBlocks));
                if (!around.Contains(true))
                {
                    continue;
                }

                var (left, right) = (block * BandBlocks.Size, Math.Min(_width, (block + 1) * BandBlocks.Size));
                for (var y = row * Cell; y < Math.Min(picture.Height, (row + 1) * Cell); y++)
                {
                    Sum(pixels.Slice(y * _width, _width), alpha.Slice(y * _width, _width), left, right, Cells.Slice(row * _across, _across), _mixed.AsSpan(row * _across, _across));
                }
            }
        }
    }

    private static void Sum(ReadOnlySpan<uint> pixels, ReadOnlySpan<byte> alpha, int left, int right, Span<Vector256<float>> cells, Span<float> mixed)
    {
        for (var start = left; start < right; start += Cell)
        {
            var sum = Vector256<float>.Zero;
            var both = 0f;
            for (var x = start; x < Math.Min(start + Cell, right); x++)
            {
                var colour = ColourPair.Colour(pixels[x]);
                var weights = ColourPair.Weights(pixels[x], alpha[x]);
                sum += Vector256.Create(colour, colour) * weights;
                both += weights[0] * (255 - alpha[x]);
            }

            mixed[start / Cell] += both * (1 / 255f);

            cells[start / Cell] += sum;
        }
    }

    // Sums over the window, without running sums, whose rounding would depend on what lies far away; then the answer.
    // Cells outside of the picture count as nothing: the division by the weights makes up for them.
    private void Blur(CancellationToken cancellationToken)
    {
        var line = new Vector256<float>[_across];
        var mixedLine = new float[_across];
        for (var y = 0; y < _down; y++)
        {
            var row = Cells.Slice(y * _across, _across);
            var mixedRow = _mixed.AsSpan(y * _across, _across);
            row.CopyTo(line);
            mixedRow.CopyTo(mixedLine);
            for (var x = 0; x < _across; x++)
            {
                var sum = Vector256<float>.Zero;
                var both = 0f;
                for (var k = Math.Max(0, x - Reach); k <= Math.Min(_across - 1, x + Reach); k++)
                {
                    sum += line[k];
                    both += mixedLine[k];
                }

                (row[x], mixedRow[x]) = (sum, both);
            }
        }

        // Rows above are overwritten while they are still wanted, so that the newest ones are kept aside.
        var ring = new Vector256<float>[(Reach + 1) * _across];
        var mixedRing = new float[(Reach + 1) * _across];
        for (var y = 0; y < _down; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Cells.Slice(y * _across, _across).CopyTo(ring.AsSpan(y % (Reach + 1) * _across));
            _mixed.AsSpan(y * _across, _across).CopyTo(mixedRing.AsSpan(y % (Reach + 1) * _across));
            for (var x = 0; x < _across; x++)
            {
                var sum = Vector256<float>.Zero;
                var both = 0f;
                for (var k = Math.Max(0, y - Reach); k <= y; k++)
                {
                    sum += ring[(k % (Reach + 1) * _across) + x];
                    both += mixedRing[(k % (Reach + 1) * _across) + x];
                }

                for (var k = y + 1; k <= Math.Min(_down - 1, y + Reach); k++)
                {
                    sum += _cells[(k * _across) + x];
                    both += _mixed[(k * _across) + x];
                }

                _cells[(y * _across) + x] = ColourPair.Solved(sum, both, (2 * Reach * Cell) * (2 * Reach * Cell));
            }
        }
    }
}
