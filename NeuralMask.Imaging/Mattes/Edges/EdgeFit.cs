using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralMask.Imaging;

/// <summary>
/// For every cell the alpha that is linear in colour, α = a·(R, G, B) + t, and nearest to the mask in a window round
/// it: the colour form of the guided filter, fitted on the mask's own grid (He, Sun, Tang, "Guided Image Filtering",
/// TPAMI 2013, eq. 19; He, Sun, "Fast Guided Filter", 2015).
/// </summary>
/// <remarks>
/// It differs from the paper in a few points. The window is a Gaussian, not a box. The offset is t = M − a·I of the
/// cell itself, not of the window's means, so that what colour does not explain stays what the mask says, and a flat
/// picture gives the plain bilinear spread. And a is shrunk where colour explains little of the mask (R² below
/// <see cref="Trusted"/>), so that texture does not show through, and where the picture has nothing but noise inside
/// the cell, so that a soft edge before a like colour is not roughened.
/// </remarks>
internal sealed class EdgeFit
{
    /// <summary>Cells from a window's centre to its border.</summary>
    public const int Radius = 2;

    // Regularisation, the square of 1.4 levels of 255: about the noise that is left of a good picture in a cell's
    // mean. Chosen among 1e-3, 1e-4, 3e-5 and 1e-5 on the drawn set; 1e-5 is a little better there and was left out of caution.
    private const float Epsilon = 3e-5f;

    // Keeps R² near 0 where the mask itself hardly changes: a deviation of 2.5 levels.
    private const float QuietMask = 1e-4f;

    // Three regressors on 25 points that have nothing to do with each other reach an R² of about 0.12 by chance; from
    // here on nothing is shrunk.
    private const float Trusted = 0.3f;

    // A cell's variance, of a dozen pixels, that is pure noise hardly ever exceeds twice the noise's.
    private const float NoiseMargin = 2;

    private const float LevelsPerWord = 1 / 257f;
    private const int Planes = 14;
    private static readonly float[] Window = Gaussian(1.2);

    private readonly GuideRows _guide;
    private readonly Mask _mask;
    private readonly MaskGrid _grid;
    private readonly float[] _sums;
    private readonly float[] _alphas;
    private readonly int _stride;

    public EdgeFit(GuideRows guide, Mask mask, MaskGrid grid)
    {
        (_guide, _mask, _grid) = (guide, mask, grid);
        _stride = Stride(grid.Width);
        _sums = new float[Planes * _stride];
        _alphas = new float[_stride];
    }

    /// <summary>Floats of a row with room for a window beyond either end and a vector beyond that.</summary>
    public static int Stride(int width) => ((width + (2 * Radius) + 7) / 8 * 8) + 8;

    /// <summary>Fits the cells of a row from first to before end.</summary>
    /// <param name="y">The row.</param>
    /// <param name="first">First cell.</param>
    /// <param name="end">Behind the last cell.</param>
    /// <param name="cells">
    /// Receives (a for red, green, blue; t) of each cell, for colours and alphas from 0 to 255; empty where only the
    /// result is asked for.
    /// </param>
    /// <returns>Σ of what colour explains of the mask's variance, over the cells.</returns>
    public double Row(int y, int first, int end, Span<Vector128<float>> cells)
    {
        SumDown(y, Math.Max(0, first - Radius), Math.Min(_grid.Width, end + Radius));
        double explained = 0;
        for (var x = first; x < end; x += Vector256<float>.Count)
        {
            explained += Solve(y, x, Math.Min(end - x, Vector256<float>.Count), cells);
        }

        return explained;
    }

    private static float[] Gaussian(double sigma)
    {
        var weights = Enumerable.Range(-Radius, (2 * Radius) + 1).Select(k => Math.Exp(-k * k / (2 * sigma * sigma))).ToArray();
        return [.. weights.Select(weight => (float)(weight / weights.Sum()))];
    }

    // Means over the window's columns of each value and each product of two, into one row for each.
    private void SumDown(int y, int first, int end)
    {
        _sums.AsSpan().Clear();
        for (var k = -Radius; k <= Radius; k++)
        {
            var row = Math.Clamp(y + k, 0, _grid.Height - 1);
            var alphas = _mask.Alpha.Span.Slice(row * _mask.Width, _grid.Width);
            for (var x = first; x < end; x++)
            {
                _alphas[x] = alphas[x] * (1 / 255f);
            }

            Accumulate(_guide.Row(row), Window[k + Radius], first, end);
        }

        // Borders are repeated: each row begins Radius floats in.
        for (var plane = 0; plane < Planes; plane++)
        {
            var row = _sums.AsSpan(plane * _stride, _stride);
            row[..Radius].Fill(row[Radius]);
            row.Slice(Radius + _grid.Width, Radius).Fill(row[Radius + _grid.Width - 1]);
        }
    }

    private void Accumulate(ReadOnlySpan<float> guide, float weight, int first, int end)
    {
        ref var colour = ref MemoryMarshal.GetReference(guide);
        ref var alpha = ref MemoryMarshal.GetArrayDataReference(_alphas);
        for (var x = first; x < end; x += Vector256<float>.Count)
        {
            var at = (nuint)x;
            var r = Vector256.LoadUnsafe(ref colour, at);
            var g = Vector256.LoadUnsafe(ref colour, at + (nuint)_guide.Stride);
            var b = Vector256.LoadUnsafe(ref colour, at + (nuint)(2 * _guide.Stride));
            var m = Vector256.LoadUnsafe(ref alpha, at);
            var (wr, wg, wb, wm) = (r * weight, g * weight, b * weight, m * weight);
            Add(0, x, wr);
            Add(1, x, wg);
            Add(2, x, wb);
            Add(3, x, wm);
            Add(4, x, wr * r);
            Add(5, x, wr * g);
            Add(6, x, wr * b);
            Add(7, x, wg * g);
            Add(8, x, wg * b);
            Add(9, x, wb * b);
            Add(10, x, wr * m);
            Add(11, x, wg * m);
            Add(12, x, wb * m);
            Add(13, x, wm * m);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int plane, int x, Vector256<float> value)
    {
        ref var sum = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_sums), (plane * _stride) + Radius + x);
        (Vector256.LoadUnsafe(ref sum) + value).StoreUnsafe(ref sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Mean(int plane, int x)
    {
        ref var sum = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_sums), (plane * _stride) + x);
        var mean = Vector256.LoadUnsafe(ref sum) * Window[0];
        for (var k = 1; k < Window.Length; k++)
        {
            mean += Vector256.LoadUnsafe(ref sum, (nuint)k) * Window[k];
        }

        return mean;
    }

    // Eight cells at once; those beyond count hold nothing and are not stored.
    private double Solve(int y, int x, int count, Span<Vector128<float>> cells)
    {
        var (r, g, b, m) = (Mean(0, x), Mean(1, x), Mean(2, x), Mean(3, x));
        var epsilon = Vector256.Create(Epsilon);

        // The symmetric covariance of colour, and its covariance with the mask.
        var (rr, rg, rb) = (Mean(4, x) - (r * r) + epsilon, Mean(5, x) - (r * g), Mean(6, x) - (r * b));
        var (gg, gb, bb) = (Mean(7, x) - (g * g) + epsilon, Mean(8, x) - (g * b), Mean(9, x) - (b * b) + epsilon);
        var (rm, gm, bm) = (Mean(10, x) - (r * m), Mean(11, x) - (g * m), Mean(12, x) - (b * m));
        var mm = Vector256.Max(Mean(13, x) - (m * m), Vector256<float>.Zero);

        // L·D·Lᵀ rather than cofactors: in a grey picture the three channels are one, and the determinant, ε² times the
        // variance, drowns in the rounding of its terms. No pivot can rightly be below ε.
        var one = Vector256<float>.One;
        var first = one / rr;
        var (lg, lb) = (rg * first, rb * first);
        var second = one / Vector256.Max(gg - (lg * rg), epsilon);
        var between = gb - (lg * rb);
        var lbg = between * second;
        var third = one / Vector256.Max(bb - (lb * rb) - (lbg * between), epsilon);
        var eliminatedGreen = gm - (lg * rm);
        var ab = (bm - (lb * rm) - (lbg * eliminatedGreen)) * third;
        var ag = (eliminatedGreen * second) - (lbg * ab);
        var ar = (rm * first) - (lg * ag) - (lb * ab);

        var explained = Vector256.Clamp((ar * rm) + (ag * gm) + (ab * bm), Vector256<float>.Zero, mm);
        if (cells.IsEmpty)
        {
            var sum = 0.0;
            for (var i = 0; i < count; i++)
            {
                sum += explained[i];
            }

            return sum;
        }

        var trust = Vector256.Min(explained / (mm + Vector256.Create(QuietMask)) * (1 / Trusted), Vector256<float>.One);
        (ar, ag, ab) = (ar * trust, ag * trust, ab * trust);
        Store(y, x, count, ar, ag, ab, cells);
        return 0;
    }

    private void Store(int y, int x, int count, Vector256<float> ar, Vector256<float> ag, Vector256<float> ab, Span<Vector128<float>> cells)
    {
        ref var colour = ref MemoryMarshal.GetReference(_guide.Row(y));
        var own = (ar * Vector256.LoadUnsafe(ref colour, (nuint)x))
            + (ag * Vector256.LoadUnsafe(ref colour, (nuint)(x + _guide.Stride)))
            + (ab * Vector256.LoadUnsafe(ref colour, (nuint)(x + (2 * _guide.Stride))));
        own *= 255;
        var noise = NoiseMargin * _guide.Guide.Noise;
        var alphas = _mask.Alpha.Span.Slice((y * _mask.Width) + x, count);
        for (var i = 0; i < alphas.Length; i++)
        {
            // Wiener's share of the signal in how the cell's pixels lie round the guide's spread.
            var variance = _guide.Guide.Variance(x + i, y) + Beyond(Unsafe.Add(ref colour, _guide.Stride + x + i), x + i, y);
            var share = variance > noise ? (variance - noise) / variance : 0;
            cells[x + i] = (Vector128.Create(ar[i], ag[i], ab[i], -own[i]) * share) + Vector128.Create(0, 0, 0, (float)alphas[i]);
        }
    }

    // Two more ways in which pixels lie off the guide's spread, in levels of green squared: a guide that was softened
    // lies off its cell's own mean; and an edge between two cells varies inside neither, but bends the row of means.
    private float Beyond(float soft, int x, int y)
    {
        var row = _guide.Guide.Row(1, y);
        var mean = row[x];
        var softened = (soft * 255) - (mean * LevelsPerWord);
        var across = ((row[Math.Max(0, x - 1)] + row[Math.Min(row.Length - 1, x + 1)]) / 2f) - mean;
        var down = ((_guide.Guide.Row(1, Math.Max(0, y - 1))[x] + _guide.Guide.Row(1, Math.Min(_grid.Height - 1, y + 1))[x]) / 2f) - mean;
        return (softened * softened) + (((across * across) + (down * down)) * (LevelsPerWord * LevelsPerWord));
    }
}
