using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// Separable, antialiased resize. Source rows are resized along x one by one into a ring that holds as many as a
/// target row needs, so that memory stays at a few megabytes whatever the picture's size.
/// </summary>
internal static class Resampler
{
    private const int Lanes = 4;

    /// <summary>Resizes the whole picture.</summary>
    /// <param name="picture">The source.</param>
    /// <param name="width">Target width in pixels.</param>
    /// <param name="height">Target height in pixels.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="target">Where the target's first row begins.</param>
    /// <param name="stride">Bytes from one target row to the next.</param>
    /// <param name="cancellationToken">Seen once a target row.</param>
    public static void Run<TForm>(
        Picture picture, int width, int height, ResizeKernel kernel, Span<byte> target, int stride, CancellationToken cancellationToken)
        where TForm : IPixelForm =>
        Run<TForm>(picture, SourcePart.Whole(picture), width, height, kernel, target, stride, cancellationToken);

    /// <summary>Resizes a part of the picture.</summary>
    /// <param name="picture">The source.</param>
    /// <param name="part">The part; pixels whose centre lies outside do not count.</param>
    /// <param name="width">Target width in pixels.</param>
    /// <param name="height">Target height in pixels.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="target">Where the target's first row begins.</param>
    /// <param name="stride">Bytes from one target row to the next.</param>
    /// <param name="cancellationToken">Seen once a target row.</param>
    public static void Run<TForm>(
        Picture picture, SourcePart part, int width, int height, ResizeKernel kernel, Span<byte> target, int stride, CancellationToken cancellationToken)
        where TForm : IPixelForm
    {
        var rows = new StoredRows<TForm>(target, stride, width * TForm.TargetBytes);
        Run<TForm, StoredRows<TForm>>(picture, part, width, height, kernel, rows, cancellationToken);
    }

    /// <summary>As <see cref="Run{TForm}(Picture, SourcePart, int, int, ResizeKernel, Span{byte}, int, CancellationToken)"/>, handing out row by row.</summary>
    public static void Run<TForm, TSink>(
        Picture picture, SourcePart part, int width, int height, ResizeKernel kernel, TSink sink, CancellationToken cancellationToken)
        where TForm : IPixelForm
        where TSink : IRowSink, allows ref struct
    {
        var across = AxisWeights.Create(kernel, part.Left, part.Width, picture.Width, width);
        var down = AxisWeights.Create(kernel, part.Top, part.Height, picture.Height, height);
        var source = picture.Reading;
        var sourceStride = picture.Width * Picture.BytesPerPixel;
        var rowLength = width * Lanes;

        var wide = ArrayPool<float>.Shared.Rent(picture.Width * Lanes);
        var ring = ArrayPool<float>.Shared.Rent(down.Taps * rowLength);
        var sum = ArrayPool<float>.Shared.Rent(rowLength);
        try
        {
            var loaded = wide.AsSpan(0, picture.Width * Lanes);
            var summed = sum.AsSpan(0, rowLength);
            var next = 0;
            for (var y = 0; y < height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var start = down.Starts[y];
                for (next = Math.Max(next, start); next < start + down.Taps; next++)
                {
                    TForm.Load(source.Slice(next * sourceStride, sourceStride), loaded);
                    Across(loaded, across, ring.AsSpan(next % down.Taps * rowLength, rowLength));
                }

                summed.Clear();
                for (var k = 0; k < down.Taps; k++)
                {
                    AddScaled(ring.AsSpan((start + k) % down.Taps * rowLength, rowLength), down.Weights[(y * down.Taps) + k], summed);
                }

                sink.Put(y, summed);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(wide);
            ArrayPool<float>.Shared.Return(ring);
            ArrayPool<float>.Shared.Return(sum);
        }
    }

    /// <summary>Adds a row times a weight to a sum.</summary>
    internal static void AddScaled(ReadOnlySpan<float> row, float weight, Span<float> sum)
    {
        var rows = MemoryMarshal.Cast<float, Vector<float>>(row);
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var factor = new Vector<float>(weight);
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = Vector.MultiplyAddEstimate(rows[i], factor, sums[i]);
        }

        for (var i = sums.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += row[i] * weight;
        }
    }

    private static void Across(ReadOnlySpan<float> row, AxisWeights across, Span<float> result)
    {
        var pixels = MemoryMarshal.Cast<float, Vector128<float>>(row);
        var results = MemoryMarshal.Cast<float, Vector128<float>>(result);
        var taps = across.Taps;
        ref var weight = ref MemoryMarshal.GetArrayDataReference(across.Weights);
        for (var x = 0; x < results.Length; x++)
        {
            // The slice is the bounds check; inside it the loop runs free, in two sums that do not wait for each other.
            ref var from = ref MemoryMarshal.GetReference(pixels.Slice(across.Starts[x], taps));
            var even = Vector128<float>.Zero;
            var odd = Vector128<float>.Zero;
            var k = 0;
            for (; k < taps - 1; k += 2)
            {
                even = Vector128.MultiplyAddEstimate(Unsafe.Add(ref from, k), Vector128.Create(Unsafe.Add(ref weight, k)), even);
                odd = Vector128.MultiplyAddEstimate(Unsafe.Add(ref from, k + 1), Vector128.Create(Unsafe.Add(ref weight, k + 1)), odd);
            }

            if (k < taps)
            {
                even = Vector128.MultiplyAddEstimate(Unsafe.Add(ref from, k), Vector128.Create(Unsafe.Add(ref weight, k)), even);
            }

            results[x] = even + odd;
            weight = ref Unsafe.Add(ref weight, taps);
        }
    }
}
