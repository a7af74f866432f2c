using CsCheck;
using NeuralMask.Drawn;

namespace NeuralMask.Imaging.Tests;

public sealed class EdgeRefinementTests
{
    [Fact]
    public void In_a_flat_picture_it_is_the_bilinear_spread()
    {
        foreach (var (side, factor, grey, seed) in Cases.Of(Gen.Select(Gen.Int[2, 30], Gen.Double[1.5, 6], Gen.Byte, Gen.Int[0, 99]), 60))
        {
            var (width, height) = ((int)(side * factor) + 1, (int)(side * factor) + 2);
            using var picture = Draw.Of(width, height, (_, _) => (grey, grey, grey, 255));
            var mask = Soft(side, side, seed);

            var refined = EdgeRefinement.Refine(picture, mask, CanvasPlacement.Whole(side, side), CancellationToken.None);
            var spread = MatteLayer.Spread(mask, CanvasPlacement.Whole(side, side), width, height, CancellationToken.None);

            for (var i = 0; i < width * height; i++)
            {
                Assert.InRange(refined.Alpha.Span[i] - spread.Alpha.Span[i], -1, 1);
            }
        }
    }

    [Fact]
    public void Nothing_changes_outside_of_the_grown_band()
    {
        foreach (var (side, factor, seed) in Cases.Of(Gen.Select(Gen.Int[4, 40], Gen.Int[2, 5], Gen.Int[0, 99]), 60))
        {
            var size = side * factor;
            using var picture = Opaque(Draw.Noise(size, size, seed));
            var mask = Soft(side, side, seed);
            var refined = EdgeRefinement.Refine(picture, mask, CanvasPlacement.Whole(side, side), CancellationToken.None);
            var spread = MatteLayer.Spread(mask, CanvasPlacement.Whole(side, side), size, size, CancellationToken.None);

            for (var i = 0; i < size * size; i++)
            {
                // Two mask pixels: one by which the band is grown, one over which the spread carries it.
                if (Certain(mask, i % size / factor, i / size / factor, 2))
                {
                    Assert.Equal(spread.Alpha.Span[i], refined.Alpha.Span[i]);
                }
            }
        }
    }

    [Fact]
    public void A_picture_that_is_hardly_larger_than_its_mask_gets_the_spread()
    {
        using var picture = Opaque(Draw.Noise(44, 44, 1));
        var mask = Soft(30, 30, 2);

        var refined = EdgeRefinement.Refine(picture, mask, CanvasPlacement.Whole(30, 30), CancellationToken.None);

        Assert.Equal(MatteLayer.Spread(mask, CanvasPlacement.Whole(30, 30), 44, 44, CancellationToken.None).Alpha.ToArray(), refined.Alpha.ToArray());
    }

    [Fact]
    public void A_shift_of_picture_and_mask_shifts_the_result()
    {
        foreach (var (dx, dy, seed) in Cases.Of(Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 20]), 20))
        {
            // A round thing far from every border, moved by whole mask pixels.
            const int Side = 48, Factor = 3;
            var here = Refined(Side, Factor, 20, 20, seed);
            var there = Refined(Side, Factor, 20 + dx, 20 + dy, seed);
            for (var y = 24; y < 96; y++)
            {
                for (var x = 24; x < 96; x++)
                {
                    var moved = there.Alpha.Span[((y + (dy * Factor)) * Side * Factor) + x + (dx * Factor)];
                    Assert.InRange(here.Alpha.Span[(y * Side * Factor) + x] - moved, -1, 1);
                }
            }
        }
    }

    [Theory]
    [InlineData(SubjectKind.Hair, BackdropKind.Plain, 0.3)]
    [InlineData(SubjectKind.Hair, BackdropKind.Busy, 0.4)]
    [InlineData(SubjectKind.Hair, BackdropKind.Same, 1)]
    [InlineData(SubjectKind.Fur, BackdropKind.Busy, 0.5)]
    [InlineData(SubjectKind.Lace, BackdropKind.Same, 0.8)]
    [InlineData(SubjectKind.HardLight, BackdropKind.Busy, 0.3)]
    [InlineData(SubjectKind.MotionBlur, BackdropKind.Same, 1.05)]
    public void Draws_edges_better_than_the_bilinear_spread(SubjectKind subject, BackdropKind backdrop, double most)
    {
        using var drawn = DrawnSet.Draw(subject, backdrop, 1000, 750);
        var perfect = NetworkMask.Perfect(drawn.Alpha, 300, 300);
        foreach (var mask in new[] { perfect, NetworkMask.Imperfect(perfect) })
        {
            var spread = MatteLayer.Spread(mask, CanvasPlacement.Whole(300, 300), 1000, 750, CancellationToken.None);
            var refined = EdgeRefinement.Refine(drawn.Composite, mask, CanvasPlacement.Whole(300, 300), CancellationToken.None);

            var before = GradientError.Between(spread, drawn.Alpha, CancellationToken.None);
            Assert.InRange(GradientError.Between(refined, drawn.Alpha, CancellationToken.None), 0, most * before);
        }
    }

    [Fact]
    public void A_black_thing_before_white_keeps_its_edge_though_three_channels_say_the_same()
    {
        // Round, with a rim of one pixel, in pure greys: the covariance of colour is singular but for its regularisation.
        double Cover(int x, int y) => Math.Clamp(180 - Math.Sqrt(Math.Pow(x - 300.3, 2) + Math.Pow(y - 240.7, 2)) + 0.5, 0, 1);
        using var picture = Draw.Of(600, 480, (x, y) => (int)(255 * (1 - Cover(x, y))) is var grey ? (grey, grey, grey, 255) : default);
        var truth = new Mask([.. Enumerable.Range(0, 600 * 480).Select(i => (byte)(255 * Cover(i % 600, i / 600)))], 600, 480);
        var mask = NetworkMask.Perfect(truth, 150, 120);

        var refined = EdgeRefinement.Refine(picture, mask, CanvasPlacement.Whole(150, 120), CancellationToken.None);
        var spread = MatteLayer.Spread(mask, CanvasPlacement.Whole(150, 120), 600, 480, CancellationToken.None);

        Assert.InRange(
            GradientError.Between(refined, truth, CancellationToken.None), 0, 0.02 * GradientError.Between(spread, truth, CancellationToken.None));
    }

    [Theory]
    [InlineData(CanvasFit.Letterbox, 1000, 300)]
    [InlineData(CanvasFit.Letterbox, 300, 1000)]
    [InlineData(CanvasFit.Stretch, 1000, 120)]
    public void Keeps_its_place_on_every_canvas(CanvasFit fit, int width, int height)
    {
        // A hard edge down the middle of a picture that its mask, of another size than the canvas, sees softly.
        using var picture = Draw.Of(width, height, (x, _) => x < width / 2 ? (200, 60, 40, 255) : (20, 90, 120, 255));
        var placement = new Canvas(fit, ResizeKernel.Area, 256, 256).Place(width, height);
        var side = 200;
        var part = (double)placement.Width * side / placement.CanvasWidth;
        var alpha = new byte[side * side];
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = (byte)(255 * Math.Clamp((part / 2) - (i % side), 0, 1));
        }

        var refined = EdgeRefinement.Refine(picture, new Mask(alpha, side, side), placement, CancellationToken.None);

        for (var x = 0; x < width; x++)
        {
            Assert.InRange(refined.Alpha.Span[(height / 2 * width) + x], x < (width / 2) ? 220 : 0, x < (width / 2) ? 255 : 35);
        }
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        using var picture = Opaque(Draw.Noise(200, 150, 3));
        var mask = Soft(50, 50, 4);
        var first = EdgeRefinement.Refine(picture, mask, CanvasPlacement.Whole(50, 50), CancellationToken.None);

        Assert.Equal(first.Alpha.ToArray(), EdgeRefinement.Refine(picture, mask, CanvasPlacement.Whole(50, 50), CancellationToken.None).Alpha.ToArray());
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var picture = Draw.Gradient(40, 40);

        Assert.Throws<OperationCanceledException>(
            () => EdgeRefinement.Refine(picture, Soft(10, 10, 1), CanvasPlacement.Whole(10, 10), new CancellationToken(canceled: true)));
    }

    internal static Picture Opaque(Picture picture)
    {
        for (var i = 3; i < picture.Pixels.Length; i += 4)
        {
            picture.Pixels[i] = 255;
        }

        return picture;
    }

    internal static Mask Soft(int width, int height, int seed)
    {
        var dice = new Random(seed);
        var (cx, cy, radius, rim) = (dice.Next(width), dice.Next(height), dice.Next(1, width), (dice.NextDouble() * 3) + 0.5);
        var alpha = new byte[width * height];
        for (var i = 0; i < alpha.Length; i++)
        {
            var distance = Math.Sqrt(Math.Pow((i % width) - cx, 2) + Math.Pow((i / width) - cy, 2));
            alpha[i] = (byte)(255 * Math.Clamp((radius - distance) / rim, 0, 1));
        }

        return new Mask(alpha, width, height);
    }

    private static Mask Refined(int side, int factor, int cx, int cy, int seed)
    {
        bool Inside(int x, int y) => Math.Pow(x - (cx * factor), 2) + Math.Pow(y - (cy * factor), 2) < 400;
        using var picture = Draw.Of(side * factor, side * factor, (x, y) => Inside(x, y) ? (200, 50 + seed, 40, 255) : (30, 90, 160, 255));
        var alpha = new byte[side * side];
        for (var i = 0; i < alpha.Length; i++)
        {
            var inside = 0;
            for (var k = 0; k < factor * factor; k++)
            {
                inside += Inside((i % side * factor) + (k % factor), (i / side * factor) + (k / factor)) ? 1 : 0;
            }

            alpha[i] = (byte)(255 * inside / (factor * factor));
        }

        return EdgeRefinement.Refine(picture, new Mask(alpha, side, side), CanvasPlacement.Whole(side, side), CancellationToken.None);
    }

    private static bool Certain(Mask mask, int x, int y, int reach)
    {
        byte low = 255, high = 0;
        for (var j = Math.Max(0, y - reach); j <= Math.Min(mask.Height - 1, y + reach); j++)
        {
            for (var i = Math.Max(0, x - reach); i <= Math.Min(mask.Width - 1, x + reach); i++)
            {
                var alpha = mask.Alpha.Span[(j * mask.Width) + i];
                (low, high) = (Math.Min(low, alpha), Math.Max(high, alpha));
            }
        }

        return high == 0 || low == 255;
    }
}
