using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class PictureTests
{
    [Fact]
    public void Notices_a_single_transparent_pixel()
    {
        foreach (var (width, height, index) in Cases.Of(Gen.Select(Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[0, 8099])))
        {
            using var picture = Draw.Of(width, height, (_, _) => (0, 0, 0, 255));
            Assert.True(picture.IsOpaque);
            picture.Pixels[(index % (width * height) * 4) + 3] = 254;
            Assert.False(picture.IsOpaque);
        }
    }

    [Fact]
    public void Is_gone_after_disposal()
    {
        var picture = new Picture(2, 2);
        picture.Dispose();
        picture.Dispose();

        Assert.Throws<ObjectDisposedException>(() => picture.Pixels.Length);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    [InlineData(32_000, 32_000)]
    public void Refuses_sizes_that_cannot_be(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Picture(width, height));

    [Theory]
    [InlineData(4000, 3000, 250_000, 577, 433)]
    [InlineData(3000, 4000, 250_000, 433, 577)]
    [InlineData(500, 333, 250_000, 500, 333)]
    [InlineData(30_000, 1, 100, 100, 1)]
    public void Size_tiers_keep_the_shape(int width, int height, long most, int smallerWidth, int smallerHeight) =>
        Assert.Equal((smallerWidth, smallerHeight), PictureResize.Within(width, height, most));

    [Fact]
    public void Size_tiers_never_enlarge_and_keep_their_limit()
    {
        foreach (var (width, height, most) in Cases.Of(Gen.Select(Gen.Int[1, 9000], Gen.Int[1, 9000], Gen.Long[1, 30_000_000])))
        {
            var (w, h) = PictureResize.Within(width, height, most);
            Assert.InRange(w, 1, width);
            Assert.InRange(h, 1, height);
            Assert.True((long)w * h <= most);
        }
    }

    [Fact]
    public void Shrinking_keeps_edges_clean_of_hidden_colour()
    {
        using var picture = Draw.Of(64, 64, (x, _) => x < 29 ? (200, 40, 10, 255) : (0, 255, 0, 0));

        using var smaller = PictureResize.Shrink(picture, 16 * 16, CancellationToken.None);

        Assert.Equal((16, 16), (smaller!.Width, smaller.Height));
        for (var x = 0; x < 16; x++)
        {
            var (r, g, b, a) = Draw.At(smaller, x, 8);
            if (a == 0)
            {
                Assert.Equal((0, 0, 0), (r, g, b));
            }
            else
            {
                Assert.InRange(g, 38, 42);
            }
        }

        Assert.InRange(Draw.At(smaller, 7, 8).A, 1, 254);
    }

    [Fact]
    public void What_is_small_enough_is_left_alone()
    {
        using var picture = Draw.Gradient(10, 10);

        Assert.Null(PictureResize.Shrink(picture, 100, CancellationToken.None));
    }
}
