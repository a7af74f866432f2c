using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class BackgroundPictureTests
{
    [Fact]
    public void A_background_of_the_exact_size_is_taken_as_it_is()
    {
        using var picture = Draw.Of(33, 21, (x, _) => (10, 20, 30, x < 11 ? 0 : 255));
        using var behind = Opaque(Draw.Noise(33, 21, 5));

        Backdrop.Cover(picture, behind, CancellationToken.None);

        Assert.Equal(Draw.At(behind, 4, 9), Draw.At(picture, 4, 9));
        Assert.Equal((10, 20, 30, 255), Draw.At(picture, 20, 9));
        Assert.True(picture.IsOpaque);
    }

    [Fact]
    public void A_background_of_another_shape_covers_and_is_centred()
    {
        // Three equal stripes side by side behind an upright picture: only the middle one is seen.
        using var picture = Draw.Of(20, 60, (_, _) => (0, 0, 0, 0));
        using var behind = Draw.Of(300, 100, (x, _) => (x < 100 ? 255 : 0, x is >= 100 and < 200 ? 255 : 0, x >= 200 ? 255 : 0, 255));

        Backdrop.Cover(picture, behind, CancellationToken.None);

        Assert.Equal(((0, 255, 0, 255), (0, 255, 0, 255), (0, 255, 0, 255)), (Draw.At(picture, 0, 0), Draw.At(picture, 10, 30), Draw.At(picture, 19, 59)));
    }

    [Fact]
    public void Every_background_covers_every_picture()
    {
        foreach (var (width, height, w, h) in Cases.Of(Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40])))
        {
            using var picture = Draw.Of(width, height, (_, _) => (9, 9, 9, 0));
            using var behind = Draw.Of(w, h, (_, _) => (70, 80, 90, 255));

            Backdrop.Cover(picture, behind, CancellationToken.None);

            for (var i = 0; i < width * height; i++)
            {
                Assert.Equal((70, 80, 90, 255), Draw.At(picture, i % width, i / width));
            }
        }
    }

    [Fact]
    public void A_translucent_background_stays_translucent()
    {
        using var picture = Draw.Of(10, 10, (x, _) => (200, 100, 0, x < 5 ? 0 : 255));
        using var behind = Draw.Of(10, 10, (_, y) => (0, 0, 255, y < 5 ? 0 : 100));

        Backdrop.Cover(picture, behind, CancellationToken.None);

        Assert.Equal((0, 0, 0, 0), Draw.At(picture, 1, 1));
        Assert.Equal((0, 0, 255, 100), Draw.At(picture, 1, 8));
        Assert.Equal((200, 100, 0, 255), Draw.At(picture, 8, 1));
        Assert.False(picture.IsOpaque);
    }

    private static Picture Opaque(Picture picture)
    {
        for (var i = 3; i < picture.Pixels.Length; i += 4)
        {
            picture.Pixels[i] = 255;
        }

        return picture;
    }
}
