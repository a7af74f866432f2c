using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// The picture averaged over the cells of a mask: what the network can have seen of it. Sixteen bits a value, since
/// the fit divides by differences of a few hundredths; 6 MB for a mask of 1024².
/// </summary>
internal sealed class GuideGrid : IDisposable
{
    private const float Scale = 257;
    private readonly ushort[] _values;
    private readonly int _width;

    private GuideGrid(int width, int height)
    {
        _width = width;
        _values = ArrayPool<ushort>.Shared.Rent(3 * width * height);
    }

    /// <summary>Averages the rows that the band needs; others keep arbitrary values.</summary>
    public static GuideGrid Of(Picture picture, MaskGrid grid, BandCells band, CancellationToken cancellationToken)
    {
        var result = new GuideGrid(grid.Width, grid.Height);
        try
        {
            result.Fill(picture, grid, band, cancellationToken);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>One row of red (0), green (1) or blue (2), from 0 to 65535.</summary>
    public ReadOnlySpan<ushort> Row(int channel, int y) => _values.AsSpan(((3 * y) + channel) * _width, _width);

    public void Dispose() => ArrayPool<ushort>.Shared.Return(_values);

    private void Fill(Picture picture, MaskGrid grid, BandCells band, CancellationToken cancellationToken)
    {
        var across = AxisWeights.Create(ResizeKernel.Area, 0, grid.Width * grid.StepX, picture.Width, grid.Width);
        var down = AxisWeights.Create(ResizeKernel.Area, 0, grid.Height * grid.StepY, picture.Height, grid.Height);
        var source = picture.Reading;
        var stride = picture.Width * Picture.BytesPerPixel;
        var opaque = picture.IsOpaque;
        var loaded = ArrayPool<float>.Shared.Rent(stride);
        var sums = ArrayPool<float>.Shared.Rent(stride);
        try
        {
            for (var y = 0; y < grid.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!band.NeedsGuide(y))
                {
                    continue;
                }

                // Down first: it runs along whole rows, and leaves one row of many for the way across.
                var sum = sums.AsSpan(0, stride);
                sum.Clear();
                for (var k = 0; k < down.Taps; k++)
                {
                    var weight = down.Weights[(y * down.Taps) + k];
                    if (weight == 0)
                    {
                        continue;
                    }

                    var row = source.Slice((down.Starts[y] + k) * stride, stride);
                    if (opaque)
                    {
                        AddBytes(row, weight, sum);
                    }
                    else
                    {
                        GreyBackedForm.Load(row, loaded.AsSpan(0, stride));
                        Resampler.AddScaled(loaded.AsSpan(0, stride), weight, sum);
                    }
                }

                Across(sum, across, y);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(loaded);
            ArrayPool<float>.Shared.Return(sums);
        }
    }

    private static void AddBytes(ReadOnlySpan<byte> row, float weight, Span<float> sum)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(sum[..row.Length]);
        var factor = Vector256.Create(weight);
        nuint i = 0;
        for (; i + 16 <= (nuint)row.Length; i += 16)
        {
            var words = Vector256.Create(Vector128.WidenLower(Vector128.LoadUnsafe(ref from, i)), Vector128.WidenUpper(Vector128.LoadUnsafe(ref from, i)));
            var low = Vector256.ConvertToSingle(Vector256.WidenLower(words).AsInt32());
            var high = Vector256.ConvertToSingle(Vector256.WidenUpper(words).AsInt32());
            Vector256.MultiplyAddEstimate(low, factor, Vector256.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
            Vector256.MultiplyAddEstimate(high, factor, Vector256.LoadUnsafe(ref to, i + 8)).StoreUnsafe(ref to, i + 8);
        }

        for (; i < (nuint)row.Length; i++)
        {
            Unsafe.Add(ref to, i) += Unsafe.Add(ref from, i) * weight;
        }
    }

    private void Across(ReadOnlySpan<float> sum, AxisWeights across, int y)
    {
        var pixels = MemoryMarshal.Cast<float, Vector128<float>>(sum);
        var red = _values.AsSpan(3 * y * _width, _width);
        var green = _values.AsSpan(((3 * y) + 1) * _width, _width);
        var blue = _values.AsSpan(((3 * y) + 2) * _width, _width);
        for (var x = 0; x < red.Length; x++)
        {
            var under = pixels.Slice(across.Starts[x], across.Taps);
            var weights = across.Weights.AsSpan(x * across.Taps, across.Taps);
            var mean = Vector128.Create(0.5f / Scale);
            for (var k = 0; k < under.Length; k++)
            {
                mean += under[k] * weights[k];
            }

            var rounded = Vector128.ConvertToInt32(Vector128.Min(mean * Scale, Vector128.Create(65535f)));
            red[x] = (ushort)rounded[0];
            green[x] = (ushort)rounded[1];
            blue[x] = (ushort)rounded[2];
        }
    }
}
