using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// The picture averaged over the cells of a mask: what the network can have seen of it; and how much green varies
/// inside each cell, which it cannot have seen. Sixteen bits a value, since the fit divides by differences of a few
/// hundredths; 8 MB for a mask of 1024².
/// </summary>
internal sealed class GuideGrid : IDisposable
{
    // 255 becomes 65535.
    private const float Scale = 257;

    // Variances in sixteenths of a level squared.
    private const float VarianceScale = 16;

    // Noise beyond 3 levels is rare where the light was enough; what varies more is texture.
    private const int MostNoise = 9;

    private const int Planes = 4;
    private readonly ushort[] _values;
    private readonly int _width;
    private readonly int[] _quiet = new int[(int)(MostNoise * VarianceScale) + 1];

    private GuideGrid(int width, int height)
    {
        _width = width;
        _values = ArrayPool<ushort>.Shared.Rent(Planes * width * height);
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

    /// <summary>
    /// Variance of the picture's noise in levels squared: the lower quartile of the variances inside cells, since a
    /// quarter of most pictures is smooth.
    /// </summary>
    public float Noise { get; private set; }

    /// <summary>One row of red (0), green (1) or blue (2), from 0 to 65535.</summary>
    public ReadOnlySpan<ushort> Row(int channel, int y) => _values.AsSpan(((Planes * y) + channel) * _width, _width);

    /// <summary>Variance of green inside a cell, in levels squared.</summary>
    public float Variance(int x, int y) => _values[(((Planes * y) + 3) * _width) + x] * (1 / VarianceScale);

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
                        SquareGreen(loaded.AsSpan(0, stride));
                        Resampler.AddScaled(loaded.AsSpan(0, stride), weight, sum);
                    }
                }

                Across(sum, across, y);
            }

            Noise = Quartile(_quiet) / VarianceScale;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(loaded);
            ArrayPool<float>.Shared.Return(sums);
        }
    }

    // The fourth lane, of no use in an opaque picture, carries the square of green.
    private static void AddBytes(ReadOnlySpan<byte> row, float weight, Span<float> sum)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(sum[..row.Length]);
        var greenAgain = Vector128.Create((byte)0, 1, 2, 1, 4, 5, 6, 5, 8, 9, 10, 9, 12, 13, 14, 13);
        var fourth = Vector256.Create(0, 0, 0, -1, 0, 0, 0, -1).AsSingle();
        var factor = Vector256.Create(weight);
        nuint i = 0;
        for (; i + 16 <= (nuint)row.Length; i += 16)
        {
            var bytes = Vector128.Shuffle(Vector128.LoadUnsafe(ref from, i), greenAgain);
            var words = Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
            var low = Vector256.ConvertToSingle(Vector256.WidenLower(words).AsInt32());
            var high = Vector256.ConvertToSingle(Vector256.WidenUpper(words).AsInt32());
            var (lowWeight, highWeight) = (Vector256.ConditionalSelect(fourth, low * factor, factor), Vector256.ConditionalSelect(fourth, high * factor, factor));
            Vector256.MultiplyAddEstimate(low, lowWeight, Vector256.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
            Vector256.MultiplyAddEstimate(high, highWeight, Vector256.LoadUnsafe(ref to, i + 8)).StoreUnsafe(ref to, i + 8);
        }

        for (; i < (nuint)row.Length; i++)
        {
            float value = i % 4 == 3 ? Unsafe.Add(ref from, i - 2) * Unsafe.Add(ref from, i - 2) : Unsafe.Add(ref from, i);
            Unsafe.Add(ref to, i) += value * weight;
        }
    }

    private static void SquareGreen(Span<float> row)
    {
        for (var i = 3; i < row.Length; i += 4)
        {
            row[i] = row[i - 2] * row[i - 2];
        }
    }

    private static int Quartile(ReadOnlySpan<int> counts)
    {
        long all = 0, sum = 0;
        foreach (var count in counts)
        {
            all += count;
        }

        for (var i = 0; i < counts.Length; i++)
        {
            sum += counts[i];
            if (4 * sum >= all)
            {
                return i;
            }
        }

        return 0;
    }

    private void Across(ReadOnlySpan<float> sum, AxisWeights across, int y)
    {
        var pixels = MemoryMarshal.Cast<float, Vector128<float>>(sum);
        var red = _values.AsSpan(Planes * y * _width, _width);
        var green = _values.AsSpan(((Planes * y) + 1) * _width, _width);
        var blue = _values.AsSpan(((Planes * y) + 2) * _width, _width);
        var variances = _values.AsSpan(((Planes * y) + 3) * _width, _width);
        for (var x = 0; x < red.Length; x++)
        {
            var under = pixels.Slice(across.Starts[x], across.Taps);
            var weights = across.Weights.AsSpan(x * across.Taps, across.Taps);
            var mean = Vector128<float>.Zero;
            for (var k = 0; k < under.Length; k++)
            {
                mean += under[k] * weights[k];
            }

            var rounded = Vector128.ConvertToInt32(Vector128.Min((mean * Scale) + Vector128.Create(0.5f), Vector128.Create(65535f)));
            red[x] = (ushort)rounded[0];
            green[x] = (ushort)rounded[1];
            blue[x] = (ushort)rounded[2];
            variances[x] = (ushort)Math.Clamp((mean[3] - (mean[1] * mean[1])) * VarianceScale, 0, ushort.MaxValue);
            _quiet[Math.Min(variances[x], _quiet.Length - 1)]++;
        }
    }
}
