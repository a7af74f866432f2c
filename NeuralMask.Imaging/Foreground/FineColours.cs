using System.Buffers;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// The second pass: the same means over 7 × 7 pixels, of the foreground that the first pass found. Rows are written
/// in order over the picture's own, each when no later one needs it any more, so that no second picture is held.
/// </summary>
internal sealed class FineColours : IDisposable
{
    // Seven for the method's 6, whose window has no centre and moves colour by half a pixel.
    private const int Reach = 3;
    private const int Rows = (2 * Reach) + 1;

    private readonly CoarseColours _coarse;
    private readonly BandBlocks _band;
    private readonly int _width;
    private readonly int _height;
    private readonly Vector256<float>[] _ring;
    private readonly Vector256<float>[] _line;
    private readonly bool[] _needed;
    private int _next;

    public FineColours(Picture picture, CoarseColours coarse, BandBlocks band)
    {
        (_coarse, _band, _width, _height) = (coarse, band, picture.Width, picture.Height);
        _ring = ArrayPool<Vector256<float>>.Shared.Rent(Rows * _width);
        _line = ArrayPool<Vector256<float>>.Shared.Rent(_width + (2 * Reach));
        _needed = new bool[band.Count];
    }

    /// <summary>Writes the colours of one row. Rows come in order.</summary>
    /// <param name="pixels">The picture's pixels.</param>
    /// <param name="alpha">Alpha of the subject.</param>
    /// <param name="y">The row.</param>
    public void Write(Span<uint> pixels, ReadOnlySpan<byte> alpha, int y)
    {
        for (; _next <= Math.Min(y + Reach, _height - 1); _next++)
        {
            SumAcross(pixels.Slice(_next * _width, _width), alpha.Slice(_next * _width, _width), _next);
        }

        var blocks = _band.Row(y);
        var row = pixels.Slice(y * _width, _width);
        var alphas = alpha.Slice(y * _width, _width);
        for (var block = 0; block < blocks.Length; block++)
        {
            if (!blocks[block])
            {
                continue;
            }

            for (var x = block * BandBlocks.Size; x < Math.Min(_width, (block + 1) * BandBlocks.Size); x++)
            {
                if (alphas[x] is not (0 or 255))
                {
                    row[x] = Colour(row[x], alphas[x], x, y);
                }
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<Vector256<float>>.Shared.Return(_ring);
        ArrayPool<Vector256<float>>.Shared.Return(_line);
    }

    private uint Colour(uint rgba, byte alpha, int x, int y)
    {
        var sum = Vector256<float>.Zero;
        for (var k = -Reach; k <= Reach; k++)
        {
            // Borders are repeated.
            sum += _ring[(Math.Clamp(y + k, 0, _height - 1) % Rows * _width) + x];
        }

        var pair = ColourPair.Normalised(sum, Rows * Rows);
        var colour = Vector128.ConvertToInt32(ColourPair.Corrected(pair, ColourPair.Colour(rgba), alpha / 255f) + Vector128.Create(0.5f));
        return (rgba & 0xFF00_0000) | (uint)(colour[0] | (colour[1] << 8) | (colour[2] << 16));
    }

    // Sums over seven pixels side by side, in the blocks that some row within reach asks for.
    private void SumAcross(ReadOnlySpan<uint> pixels, ReadOnlySpan<byte> alpha, int y)
    {
        _band.Any(y - Reach, y + Reach + 1, _needed);
        var moved = false;
        for (var block = 0; block < _needed.Length; block++)
        {
            if (!_needed[block])
            {
                continue;
            }

            if (!moved)
            {
                _coarse.MoveTo(y);
                moved = true;
            }

            var first = block;
            while (block < _needed.Length && _needed[block])
            {
                block++;
            }

            var (left, right) = (first * BandBlocks.Size, Math.Min(_width, block * BandBlocks.Size));
            Weigh(pixels, alpha, left - Reach, right + Reach);
            var sums = _ring.AsSpan((y % Rows * _width) + left, right - left);
            for (var x = 0; x < sums.Length; x++)
            {
                var window = _line.AsSpan(x, Rows);
                sums[x] = window[0] + window[1] + window[2] + (window[3] + window[4]) + (window[5] + window[6]);
            }
        }
    }

    // Weighted colours of the pixels from left to before right, into the line from its beginning.
    private void Weigh(ReadOnlySpan<uint> pixels, ReadOnlySpan<byte> alpha, int left, int right)
    {
        for (var i = left; i < right; i++)
        {
            var x = Math.Clamp(i, 0, _width - 1);
            var pair = _coarse.At(x);
            var foreground = ColourPair.Corrected(pair, ColourPair.Colour(pixels[x]), alpha[x] / 255f);
            var weighted = Vector256.Create(foreground.WithElement(3, 1), pair.GetUpper().WithElement(3, 1)) * ColourPair.Weights(pixels[x], alpha[x]);
            _line[i - left] = weighted;
        }
    }
}
