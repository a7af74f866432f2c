using System.Diagnostics;
using CsCheck;

namespace NeuralMask.Imaging.Tests;

[Collection(nameof(Alone))]
public sealed class DropShadowTests
{
    [Fact]
    public void It_lies_below_and_right_of_the_subject_and_leaves_it_as_it_is()
    {
        using var picture = Square(200, new PixelBox(60, 60, 60, 60));
        using var before = picture.Copy();

        DropShadow.For(new ShadowOpacity(0.6), new PixelBox(60, 60, 60, 60)).Lay(picture, CancellationToken.None);

        Assert.Equal(Draw.At(before, 90, 90), Draw.At(picture, 90, 90));
        Assert.Equal((0, 0, 0), Colour(picture, 90, 121));
        Assert.True(Draw.At(picture, 90, 121).A > Draw.At(picture, 90, 58).A);
        Assert.True(Draw.At(picture, 121, 90).A > Draw.At(picture, 58, 90).A);
        Assert.InRange(Draw.At(picture, 90, 121).A, 1, 153);
        Assert.Equal((0, 0, 0, 0), Draw.At(picture, 5, 5));
    }

    [Fact]
    public void It_fades_softly()
    {
        using var picture = Square(200, new PixelBox(60, 60, 60, 60));

        new DropShadow(new ShadowOpacity(1), 0, 20, 6).Lay(picture, CancellationToken.None);

        var column = Enumerable.Range(120, 60).Select(y => Draw.At(picture, 90, y).A).ToArray();
        Assert.True(column.Zip(column.Skip(1)).All(pair => pair.First >= pair.Second && pair.First - pair.Second < 30));
        Assert.True(column[0] > 240 && column[^1] == 0);
    }

    [Fact]
    public void Straight_alpha_over_any_background_is_what_laying_in_turn_gives()
    {
        // A half-transparent subject over its shadow over grey, by hand.
        using var picture = Draw.Of(40, 40, (x, _) => (240, 80, 40, x < 20 ? 128 : 0));
        new DropShadow(new ShadowOpacity(0.5), 0, 0, 0).Lay(picture, CancellationToken.None);

        var (r, g, b, a) = Draw.At(picture, 10, 10);

        // 128 over 64 of black: 128 + 64 × 127 / 255 = 160.
        Assert.InRange(a, 159, 161);
        Assert.InRange(r, (240 * 128 / 160) - 2, (240 * 128 / 160) + 2);
        Assert.InRange(g, (80 * 128 / 160) - 2, (80 * 128 / 160) + 2);
        Assert.InRange(b, (40 * 128 / 160) - 2, (40 * 128 / 160) + 2);
    }

    [Fact]
    public void Without_opacity_nothing_changes()
    {
        using var picture = Draw.Noise(30, 30, 2);
        using var before = picture.Copy();

        new DropShadow(ShadowOpacity.Parse("0"), 3, 3, 3).Lay(picture, CancellationToken.None);

        Assert.Equal(before.Pixels, picture.Pixels);
    }

    [Fact]
    public void Any_offset_and_softness_can_be_laid()
    {
        foreach (var (width, height, right, down, softness) in Cases.Of(Gen.Select(Gen.Int[1, 30], Gen.Int[1, 30], Gen.Int[-50, 50], Gen.Int[-50, 50], Gen.Int[0, 60])))
        {
            using var picture = Draw.Noise(width, height, 4);
            using var before = picture.Copy();

            new DropShadow(new ShadowOpacity(1), right, down, softness).Lay(picture, CancellationToken.None);

            for (var i = 3; i < picture.Pixels.Length; i += 4)
            {
                Assert.True(picture.Pixels[i] >= before.Pixels[i]);
            }
        }
    }

    [Fact]
    public void The_blur_is_three_plain_means()
    {
        foreach (var (width, height, radius, seed) in Cases.Of(Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 12], Gen.Int[0, 50]), 60))
        {
            // The subject on the left, and its shadow to the right of it, where nothing hides it.
            using var picture = Draw.Noise(2 * width, height, seed);
            for (var i = 0; i < 2 * width * height; i++)
            {
                picture.Pixels[(4 * i) + 3] = i % (2 * width) < width ? picture.Pixels[(4 * i) + 3] : (byte)0;
            }

            var expected = Enumerable.Range(0, 2 * width * height)
                .Select(i => i % (2 * width) < width ? 0.0 : picture.Pixels[(4 * (i - width)) + 3]).ToArray();
            for (var pass = 0; pass < 3; pass++)
            {
                expected = Mean(expected, 2 * width, radius, 1, 0);
                expected = Mean(expected, 2 * width, radius, 0, 1);
            }

            new DropShadow(new ShadowOpacity(1), width, 0, radius).Lay(picture, CancellationToken.None);

            for (var i = 0; i < expected.Length; i++)
            {
                if (i % (2 * width) >= width)
                {
                    Assert.InRange(picture.Pixels[(4 * i) + 3] - expected[i], -3, 3);
                }
            }
        }
    }

    [Fact]
    public void Softness_costs_no_time()
    {
        using var picture = Square(600, new PixelBox(100, 100, 300, 300));
        new DropShadow(new ShadowOpacity(1), 0, 0, 2).Lay(picture, CancellationToken.None);
        TimeSpan Time(int softness)
        {
            var began = Stopwatch.GetTimestamp();
            new DropShadow(new ShadowOpacity(1), 0, 0, softness).Lay(picture, CancellationToken.None);
            return Stopwatch.GetElapsedTime(began);
        }

        // The best of several, since the machine may be busy; a mean that is summed anew would take a hundred times.
        var few = Enumerable.Range(0, 9).Min(_ => Time(2));
        Assert.True(Enumerable.Range(0, 9).Min(_ => Time(400)) < 8 * few);
    }

    private static double[] Mean(double[] plane, int width, int radius, int stepX, int stepY)
    {
        var height = plane.Length / width;
        return [.. Enumerable.Range(0, plane.Length).Select(i => Enumerable.Range(-radius, (2 * radius) + 1).Sum(k =>
        {
            var (x, y) = ((i % width) + (k * stepX), (i / width) + (k * stepY));
            return x >= 0 && y >= 0 && x < width && y < height ? plane[(y * width) + x] : 0;
        }) / ((2 * radius) + 1))];
    }

    private static Picture Square(int side, PixelBox box) =>
        Draw.Of(side, side, (x, y) => box.Contains(new PixelBox(x, y, 1, 1)) ? (200, 100, 50, 255) : (0, 0, 0, 0));

    private static (int R, int G, int B) Colour(Picture picture, int x, int y) =>
        (Draw.At(picture, x, y).R, Draw.At(picture, x, y).G, Draw.At(picture, x, y).B);
}
