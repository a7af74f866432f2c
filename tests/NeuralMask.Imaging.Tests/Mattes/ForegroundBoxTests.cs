using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class ForegroundBoxTests
{
    [Fact]
    public void Holds_every_visible_pixel_and_touches_one_on_each_side()
    {
        foreach (var (width, height, seed) in Cases.Of(Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[0, 99])))
        {
            var dice = new Random(seed);
            using var picture = Draw.Of(width, height, (_, _) => (255, 255, 255, dice.Next(30) == 0 ? 200 : 12));
            var seen = Enumerable.Range(0, width * height).Where(i => picture.Pixels[(i * 4) + 3] > 12).Select(i => (X: i % width, Y: i / width)).ToList();

            var box = ForegroundBox.Of(picture, ForegroundBox.DefaultThreshold, CancellationToken.None);

            Assert.Equal(
                seen.Count == 0
                    ? null
                    : new ForegroundBox(
                        seen.Min(p => p.X), seen.Min(p => p.Y), seen.Max(p => p.X) - seen.Min(p => p.X) + 1, seen.Max(p => p.Y) - seen.Min(p => p.Y) + 1),
                box);
        }
    }

    [Fact]
    public void Takes_the_whole_of_an_opaque_picture()
    {
        using var picture = Draw.Gradient(7, 5);

        Assert.Equal(new ForegroundBox(0, 0, 7, 5), ForegroundBox.Of(picture, 254, CancellationToken.None));
    }
}
