using CsCheck;
using NeuralMask.Drawn;

namespace NeuralMask.Imaging.Tests;

public sealed class ForegroundColourTests
{
    [Fact]
    public void Only_soft_pixels_change_and_alpha_never()
    {
        foreach (var (width, height, seed) in Cases.Of(Gen.Select(Gen.Int[1, 90], Gen.Int[1, 60], Gen.Int[0, 999]), 60))
        {
            using var picture = Draw.Noise(width, height, seed);
            using var before = picture.Copy();
            var alpha = Blobs(width, height, seed);

            ForegroundColour.Estimate(picture, alpha, CancellationToken.None);

            for (var i = 0; i < width * height; i++)
            {
                Assert.Equal(before.Pixels[(4 * i) + 3], picture.Pixels[(4 * i) + 3]);
                if (alpha.Alpha.Span[i] is 0 or 255)
                {
                    Assert.Equal(before.Pixels.Slice(4 * i, 3), picture.Pixels.Slice(4 * i, 3));
                }
            }
        }
    }

    [Fact]
    public void Finds_one_colour_before_another_whatever_the_two_are()
    {
        foreach (var (width, height, f, b, seed) in Cases.Of(Gen.Select(Gen.Int[60, 200], Gen.Int[60, 160], Colour, Colour, Gen.Int[0, 999]), 40))
        {
            var alpha = Blobs(width, height, seed);
            using var foreground = Draw.Of(width, height, (_, _) => (f.R, f.G, f.B, 255));
            using var picture = Draw.Of(width, height, (x, y) =>
            {
                var share = alpha.Alpha.Span[(y * width) + x] / 255.0;
                int Mix(int over, int under) => (int)Math.Round((share * over) + ((1 - share) * under));
                return (Mix(f.R, b.R), Mix(f.G, b.G), Mix(f.B, b.B), 255);
            });

            ForegroundColour.Estimate(picture, alpha, CancellationToken.None);

            Assert.InRange(ForegroundError.InBand(picture, foreground, alpha), 0, 0.03);
        }
    }

    [Theory]
    [InlineData(SubjectKind.Hair, BackdropKind.Plain, 0.3)]
    [InlineData(SubjectKind.Hair, BackdropKind.Busy, 0.45)]
    [InlineData(SubjectKind.Lace, BackdropKind.Busy, 0.35)]
    [InlineData(SubjectKind.MotionBlur, BackdropKind.Plain, 0.2)]
    public void Takes_most_of_the_background_out_of_drawn_subjects(SubjectKind subject, BackdropKind backdrop, double most)
    {
        using var drawn = DrawnSet.Draw(subject, backdrop, 1000, 750);
        var naive = ForegroundError.InBand(drawn.Composite, drawn.Foreground, drawn.Alpha);

        ForegroundColour.Estimate(drawn.Composite, drawn.Alpha, CancellationToken.None);

        Assert.InRange(ForegroundError.InBand(drawn.Composite, drawn.Foreground, drawn.Alpha), 0, most * naive);
    }

    [Fact]
    public void Halves_the_error_on_a_real_picture_and_leaves_no_dark_rim()
    {
        var folder = TestData.Folder("mattes");
        using var picture = Read(folder, "lemur.png");
        using var foreground = Read(folder, "lemur_foreground.png");
        using var greys = Read(folder, "lemur_alpha.png");
        var alpha = new Mask([.. Enumerable.Range(0, greys.Width * greys.Height).Select(i => greys.Pixels[4 * i])], greys.Width, greys.Height);

        // The file carries the alpha too; the composite is its colour alone.
        for (var i = 3; i < picture.Pixels.Length; i += 4)
        {
            picture.Pixels[i] = 255;
        }

        var naive = ForegroundError.InBand(picture, foreground, alpha);
        ForegroundColour.Estimate(picture, alpha, CancellationToken.None);

        Assert.InRange(ForegroundError.InBand(picture, foreground, alpha), 0, naive / 2);
        Assert.InRange(OverWhite(picture, alpha) - OverWhite(foreground, alpha), -0.01, 0.01);
    }

    [Fact]
    public void Hidden_colour_does_not_count()
    {
        // The left half was cut away before: its red must not come back into the soft seam.
        using var picture = Draw.Of(80, 40, (x, _) => x < 40 ? (255, 0, 0, 0) : (20, 40, 200, 255));
        var alpha = new byte[80 * 40];
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = (byte)Math.Clamp(((i % 80) - 30) * 12, 0, 255);
        }

        ForegroundColour.Estimate(picture, new Mask(alpha, 80, 40), CancellationToken.None);

        for (var x = 40; x < 80; x++)
        {
            var (r, g, b, _) = Draw.At(picture, x, 20);
            Assert.InRange(r, 18, 22);
            Assert.InRange(g, 38, 42);
            Assert.InRange(b, 198, 202);
        }
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var picture = Draw.Gradient(4, 4);
        var soft = new Mask([.. Enumerable.Repeat((byte)9, 16)], 4, 4);

        Assert.Throws<OperationCanceledException>(() => ForegroundColour.Estimate(picture, soft, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Sizes_have_to_agree()
    {
        using var picture = Draw.Gradient(4, 4);

        Assert.Throws<ArgumentException>(() => ForegroundColour.Estimate(picture, new Mask(new byte[8], 2, 4), CancellationToken.None));
    }

    private static Gen<(int R, int G, int B)> Colour { get; } = Gen.Select(Gen.Int[0, 255], Gen.Int[0, 255], Gen.Int[0, 255]);

    // Round shapes with rims of a few pixels, solid inside, nothing between.
    private static Mask Blobs(int width, int height, int seed)
    {
        var dice = new Random(seed);
        var rounds = Enumerable.Range(0, 4).Select(_ => (X: dice.Next(width), Y: dice.Next(height), R: dice.Next(12, 40), Rim: dice.Next(2, 7))).ToArray();
        var alpha = new byte[width * height];
        for (var i = 0; i < alpha.Length; i++)
        {
            var best = rounds.Max(round => (round.R - Math.Sqrt(Math.Pow((i % width) - round.X, 2) + Math.Pow((i / width) - round.Y, 2))) / round.Rim);
            alpha[i] = (byte)(255 * Math.Clamp(best, 0, 1));
        }

        return new Mask(alpha, width, height);
    }

    // Mean brightness of the band before white: a dark rim shows as less of it.
    private static double OverWhite(Picture picture, Mask alpha)
    {
        double sum = 0, pixels = 0;
        for (var i = 0; i < alpha.Width * alpha.Height; i++)
        {
            var share = alpha.Alpha.Span[i] / 255.0;
            if (share is > 0 and < 1)
            {
                sum += (share * (picture.Pixels[4 * i] + picture.Pixels[(4 * i) + 1] + picture.Pixels[(4 * i) + 2]) / 765.0) + 1 - share;
                pixels++;
            }
        }

        return sum / pixels;
    }

    private static Picture Read(string folder, string name) => Draw.Read(File.ReadAllBytes(Path.Combine(folder, name)));
}
