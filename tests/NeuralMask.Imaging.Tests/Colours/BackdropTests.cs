using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class BackdropTests
{
    [Fact]
    public void Agrees_with_the_formula()
    {
        foreach (var (width, seed, red, green, alpha) in Cases.Of(Gen.Select(Gen.Int[1, 30], Gen.Int[0, 99], Gen.Byte, Gen.Byte, Gen.Byte[1, 255])))
        {
            using var picture = Draw.Noise(width, 3, seed);
            using var before = picture.Copy();
            Backdrop.Lay(picture, new BackgroundColour(red, green, 77, alpha), CancellationToken.None);

            for (var x = 0; x < width; x++)
            {
                var (r, g, b, a) = Draw.At(before, x, 1);
                var behind = (255 - a) * (alpha / 255.0);
                double Mix(int front, int back) => ((front * a) + (back * behind)) / (a + behind);
                var now = Draw.At(picture, x, 1);
                Assert.InRange(now.R - Mix(r, red), -0.51, 0.51);
                Assert.InRange(now.G - Mix(g, green), -0.51, 0.51);
                Assert.InRange(now.B - Mix(b, 77), -0.51, 0.51);
                Assert.InRange(now.A - (a + behind), -0.51, 0.51);
            }
        }
    }

    [Fact]
    public void An_opaque_colour_makes_the_picture_opaque()
    {
        using var picture = Draw.Noise(33, 7, 1);

        Backdrop.Lay(picture, BackgroundColour.White, CancellationToken.None);

        Assert.True(picture.IsOpaque);
        Assert.Equal(255, picture.Pixels[3]);
    }

    [Fact]
    public void A_transparent_colour_changes_nothing()
    {
        using var picture = Draw.Noise(33, 7, 1);
        using var before = picture.Copy();

        Backdrop.Lay(picture, default, CancellationToken.None);

        Assert.Equal(before.Pixels, picture.Pixels);
    }
}
