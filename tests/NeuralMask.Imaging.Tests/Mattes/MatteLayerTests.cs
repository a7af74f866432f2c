using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class MatteLayerTests
{
    [Fact]
    public void A_constant_mask_multiplies_alpha()
    {
        foreach (var (width, height, side, before, share) in Cases.Of(Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[1, 40], Gen.Byte, Gen.Byte)))
        {
            using var picture = Draw.Of(width, height, (_, _) => (9, 8, 7, before));
            MatteLayer.Apply(picture, Constant(side, side, share), CanvasPlacement.Whole(32, 32), CancellationToken.None);

            var alpha = (int)Math.Round(before * share / 255.0, MidpointRounding.AwayFromZero);
            var expected = alpha == 0 ? (0, 0, 0, 0) : (9, 8, 7, alpha);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    Assert.Equal(expected, Draw.At(picture, x, y));
                }
            }
        }
    }

    [Fact]
    public void Is_bilinear_between_pixel_centres_and_flat_beyond_them()
    {
        // Two mask pixels over eight: their centres lie at 2 and 6.
        var mask = new Mask([0, 200], 2, 1);

        var spread = MatteLayer.Spread(mask, CanvasPlacement.Whole(2, 1), 8, 1, CancellationToken.None);

        Assert.Equal([0, 0, 25, 75, 125, 175, 200, 200], spread.Alpha.ToArray());
    }

    [Fact]
    public void Agrees_with_the_plain_algorithm()
    {
        foreach (var (maskWidth, maskHeight, width, height, seed) in Cases.Of(Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 50], Gen.Int[1, 50], Gen.Int[0, 99])))
        {
            var alpha = new byte[maskWidth * maskHeight];
            new Random(seed).NextBytes(alpha);
            var values = new double[maskHeight, maskWidth];
            for (var i = 0; i < alpha.Length; i++)
            {
                values[i / maskWidth, i % maskWidth] = alpha[i];
            }

            var expected = PlainResize.Run(values, width, height, 1, PlainResize.Triangle);
            var spread = MatteLayer.Spread(new Mask(alpha, maskWidth, maskHeight), CanvasPlacement.Whole(5, 5), width, height, CancellationToken.None);

            for (var i = 0; i < width * height; i++)
            {
                Assert.InRange(spread.Alpha.Span[i] - expected[i / width, i % width], -0.51, 0.51);
            }
        }
    }

    [Theory]
    [InlineData(CanvasFit.Stretch, 1024)]
    [InlineData(CanvasFit.Letterbox, 1024)]
    [InlineData(CanvasFit.Letterbox, 768)]
    [InlineData(CanvasFit.Letterbox, 333)]
    [InlineData(CanvasFit.ShortSide, 0)]
    public void A_circle_in_a_long_picture_stays_in_place(CanvasFit fit, int maskSide)
    {
        foreach (var (width, height) in new[] { (803, 201), (201, 803), (1601, 399) })
        {
            bool Inside(int x, int y) => Math.Pow(x + 0.5 - (width * 0.3), 2) + Math.Pow(y + 0.5 - (height * 0.6), 2) < 60 * 60;
            using var picture = Draw.Of(width, height, (x, y) => Inside(x, y) ? (255, 255, 255, 255) : (0, 0, 0, 255));
            var canvas = new Canvas(fit, ResizeKernel.Bilinear, 1024, 1024) { MultipleOf = 32, ReferenceSide = 256 };
            var painted = CanvasPainter.Paint(picture, canvas, CancellationToken.None);

            // The network of this test takes brightness for the subject, on a canvas of its own.
            var mask = Brightness(painted, maskSide == 0 ? painted.Width : maskSide, maskSide == 0 ? painted.Height : maskSide);
            MatteLayer.Apply(picture, mask, painted.Placement, CancellationToken.None);

            double both = 0, either = 0;
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var found = Draw.At(picture, x, y).A >= 128;
                    both += found && Inside(x, y) ? 1 : 0;
                    either += found || Inside(x, y) ? 1 : 0;
                }
            }

            Assert.True(both / either > 0.98, $"{fit} {maskSide} {width} × {height}: {both / either}");
        }
    }

    [Fact]
    public void The_black_of_a_letterbox_does_not_bleed_in()
    {
        // 20 of 30 canvas rows; the mask is 20 high, so that the picture ends inside its fourteenth row.
        var alpha = new byte[20 * 20];
        alpha.AsSpan(0, 13 * 20).Fill(255);
        using var picture = Draw.Of(90, 60, (_, _) => (1, 2, 3, 255));

        MatteLayer.Apply(picture, new Mask(alpha, 20, 20), new CanvasPlacement(30, 30, 30, 20), CancellationToken.None);

        Assert.Equal(255, Draw.At(picture, 45, 59).A);
    }

    [Fact]
    public void Alpha_never_rises()
    {
        foreach (var (width, height, seed) in Cases.Of(Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[0, 99])))
        {
            using var picture = Draw.Noise(width, height, seed);
            using var before = picture.Copy();
            var alpha = new byte[64];
            new Random(seed + 1).NextBytes(alpha);

            MatteLayer.Apply(picture, new Mask(alpha, 8, 8), CanvasPlacement.Whole(8, 8), CancellationToken.None);

            for (var i = 3; i < picture.Pixels.Length; i += 4)
            {
                Assert.True(picture.Pixels[i] <= before.Pixels[i]);
            }
        }
    }

    [Fact]
    public void Removed_background_cannot_be_read_unless_it_is_asked_for()
    {
        using var cleared = Draw.Gradient(19, 3);
        using var kept = Draw.Gradient(19, 3);
        var nothing = Constant(4, 4, 0);

        MatteLayer.Apply(cleared, nothing, CanvasPlacement.Whole(4, 4), HiddenColour.Cleared, CancellationToken.None);
        MatteLayer.Apply(kept, nothing, CanvasPlacement.Whole(4, 4), HiddenColour.Kept, CancellationToken.None);

        Assert.True(cleared.Pixels.IndexOfAnyExcept((byte)0) < 0);
        using var original = Draw.Gradient(19, 3);
        var (r, g, b, _) = Draw.At(original, 11, 2);
        Assert.Equal((r, g, b, 0), Draw.At(kept, 11, 2));
    }

    [Fact]
    public void A_full_size_mask_is_laid_as_it_is()
    {
        var alpha = new byte[17 * 9];
        new Random(4).NextBytes(alpha);
        using var picture = Draw.Of(17, 9, (_, _) => (5, 5, 5, 255));

        MatteLayer.Apply(picture, new Mask(alpha, 17, 9), CanvasPlacement.Whole(17, 9), CancellationToken.None);

        Assert.Equal(alpha, Enumerable.Range(0, 17 * 9).Select(i => picture.Pixels[(i * 4) + 3]));
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var picture = Draw.Gradient(4, 4);

        Assert.Throws<OperationCanceledException>(
            () => MatteLayer.Apply(picture, Constant(2, 2, 1), CanvasPlacement.Whole(2, 2), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_mask_has_a_byte_a_pixel() => Assert.Throws<ArgumentException>(() => new Mask(new byte[5], 2, 2));

    private static Mask Constant(int width, int height, byte value)
    {
        var alpha = new byte[width * height];
        alpha.AsSpan().Fill(value);
        return new Mask(alpha, width, height);
    }

    private static Mask Brightness(CanvasPixels canvas, int width, int height)
    {
        var grey = new byte[canvas.Width * canvas.Height];
        for (var i = 0; i < grey.Length; i++)
        {
            grey[i] = canvas.Rgb.Span[i * 3];
        }

        return MatteLayer.Spread(
            new Mask(grey, canvas.Width, canvas.Height), CanvasPlacement.Whole(canvas.Width, canvas.Height), width, height, CancellationToken.None);
    }
}
