using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class CanvasPainterTests
{
    private static readonly Gen<int> Side = Gen.Int[1, 70];
    private static readonly Gen<ResizeKernel> Kernel = Gen.Enum<ResizeKernel>();

    [Theory]
    [InlineData(97, 61, 32, 32)]
    [InlineData(40, 30, 64, 48)]
    [InlineData(33, 90, 70, 20)]
    [InlineData(200, 3, 16, 16)]
    [InlineData(1, 1, 9, 5)]
    public void Agrees_with_the_plain_algorithm(int width, int height, int canvasWidth, int canvasHeight)
    {
        using var picture = Opaque(Draw.Noise(width, height, 3));

        AssertAgrees(picture, canvasWidth, canvasHeight, ResizeKernel.Bilinear, 1, PlainResize.Triangle);
        AssertAgrees(picture, canvasWidth, canvasHeight, ResizeKernel.Lanczos, 3, PlainResize.Lanczos);
    }

    [Fact]
    public void Area_is_the_mean_of_what_is_covered()
    {
        using var picture = Draw.Of(5, 1, (x, _) => (x * 50, 0, 0, 255));

        // Two and a half source pixels each: (0 + 50 + 100 / 2) / 2.5 and (100 / 2 + 150 + 200) / 2.5.
        var painted = Paint(picture, 2, 1, ResizeKernel.Area);

        Assert.Equal([40, 160], new[] { painted.Rgb.Span[0], painted.Rgb.Span[3] });
    }

    [Fact]
    public void A_constant_picture_stays_constant()
    {
        foreach (var (width, height, canvasWidth, canvasHeight, value, kernel) in Cases.Of(Gen.Select(Side, Side, Side, Side, Gen.Byte, Kernel)))
        {
            using var picture = Draw.Of(width, height, (_, _) => (value, value, value, 255));
            Assert.True(Paint(picture, canvasWidth, canvasHeight, kernel).Rgb.Span.IndexOfAnyExcept(value) < 0);
        }
    }

    [Fact]
    public void Bilinear_and_area_stay_within_the_range_of_their_input()
    {
        foreach (var (width, height, canvasWidth, canvasHeight, seed, kernel) in Cases.Of(Gen.Select(Side, Side, Side, Side, Gen.Int[0, 99], Gen.Enum<ResizeKernel>().Where(kernel => kernel != ResizeKernel.Lanczos))))
        {
            var dice = new Random(seed);
            using var picture = Draw.Of(width, height, (_, _) => (dice.Next(60, 200), 61, 199, 255));
            Assert.True(Paint(picture, canvasWidth, canvasHeight, kernel).Rgb.Span.IndexOfAnyExceptInRange((byte)60, (byte)199) < 0);
        }
    }

    [Fact]
    public void Equal_sizes_change_nothing()
    {
        foreach (var (width, height, seed, kernel) in Cases.Of(Gen.Select(Side, Side, Gen.Int[0, 99], Kernel)))
        {
            using var picture = Opaque(Draw.Noise(width, height, seed));
            var painted = Paint(picture, width, height, kernel);
            for (var i = 0; i < width * height; i++)
            {
                Assert.True(picture.Pixels.Slice(i * 4, 3).SequenceEqual(painted.Rgb.Span.Slice(i * 3, 3)));
            }
        }
    }

    [Fact]
    public void Hidden_colour_never_reaches_the_canvas()
    {
        using var picture = Draw.Of(40, 40, (x, _) => (255, 0, 0, x < 20 ? 0 : 255));

        var painted = Paint(picture, 8, 8, ResizeKernel.Area);

        Assert.Equal([128, 128, 128], painted.Rgb.Span[..3].ToArray());
        Assert.Equal([255, 0, 0], painted.Rgb.Span.Slice(21, 3).ToArray());
    }

    [Fact]
    public void Half_transparent_colour_is_half_grey()
    {
        using var picture = Draw.Of(2, 2, (_, _) => (255, 0, 128, 51));

        Assert.Equal([153, 102, 128], Paint(picture, 1, 1, ResizeKernel.Bilinear).Rgb.ToArray());
    }

    [Fact]
    public void A_letterbox_is_black_beside_the_picture()
    {
        using var picture = Draw.Of(40, 10, (_, _) => (200, 200, 200, 255));

        var painted = CanvasPainter.Paint(picture, new Canvas(CanvasFit.Letterbox, ResizeKernel.Bilinear, 16, 16), CancellationToken.None);

        Assert.Equal(new CanvasPlacement(16, 16, 16, 4), painted.Placement);
        Assert.True(painted.Rgb.Span[..(16 * 4 * 3)].IndexOfAnyExcept((byte)200) < 0);
        Assert.True(painted.Rgb.Span[(16 * 4 * 3)..].IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var picture = Draw.Gradient(4, 4);

        Assert.Throws<OperationCanceledException>(() => CanvasPainter.Paint(
            picture, new Canvas(CanvasFit.Stretch, ResizeKernel.Area, 2, 2), new CancellationToken(canceled: true)));
    }

    private static CanvasPixels Paint(Picture picture, int width, int height, ResizeKernel kernel) =>
        CanvasPainter.Paint(picture, new Canvas(CanvasFit.Stretch, kernel, width, height), CancellationToken.None);

    private static Picture Opaque(Picture picture)
    {
        for (var i = 3; i < picture.Pixels.Length; i += 4)
        {
            picture.Pixels[i] = 255;
        }

        return picture;
    }

    private static void AssertAgrees(
        Picture picture, int width, int height, ResizeKernel kernel, double support, Func<double, double> weigh)
    {
        var painted = Paint(picture, width, height, kernel);
        for (var channel = 0; channel < 3; channel++)
        {
            var values = new double[picture.Height, picture.Width];
            for (var i = 0; i < picture.Width * picture.Height; i++)
            {
                values[i / picture.Width, i % picture.Width] = picture.Pixels[(i * 4) + channel];
            }

            var expected = PlainResize.Run(values, width, height, support, weigh);
            for (var i = 0; i < width * height; i++)
            {
                var exact = Math.Clamp(expected[i / width, i % width], 0, 255);
                Assert.InRange(painted.Rgb.Span[(i * 3) + channel] - exact, -0.51, 0.51);
            }
        }
    }
}
