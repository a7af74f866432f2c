using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class LayoutPainterTests
{
    [Fact]
    public void What_is_moved_is_the_same_and_what_is_beside_it_transparent()
    {
        foreach (var (width, height, across, down, seed) in Cases.Of(Gen.Select(Gen.Int[4, 40], Gen.Int[4, 40], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[0, 9])))
        {
            using var picture = Draw.Noise(width, height, seed);
            var layout = Layout.Of(width, height, new PixelBox(1, 2, width - 2, height - 3), new LayoutWishes { Position = new SubjectPosition(across, down) });

            using var result = LayoutPainter.Paint(picture, layout, CancellationToken.None) ?? throw new InvalidOperationException();

            for (var i = 0; i < width * height; i++)
            {
                var (x, y) = (i % width - layout.Target.Left, (i / width) - layout.Target.Top);
                var inside = x >= 0 && y >= 0 && x < layout.Target.Width && y < layout.Target.Height;
                Assert.Equal(inside ? Draw.At(picture, x + 1, y + 2) : (0, 0, 0, 0), Draw.At(result, i % width, i / width));
            }
        }
    }

    [Fact]
    public void Scaling_keeps_edges_clean_and_colour_as_it_is()
    {
        using var picture = Draw.Of(60, 60, (x, y) => x is >= 20 and < 30 && y is >= 20 and < 30 ? (200, 100, 50, 255) : (0, 255, 0, 0));
        var layout = Layout.Of(60, 60, new PixelBox(20, 20, 10, 10), new LayoutWishes { Scale = SubjectScale.Parse("75%"), Position = SubjectPosition.Center });

        using var result = LayoutPainter.Paint(picture, layout, CancellationToken.None)!;

        Assert.Equal(new PixelBox(7, 7, 45, 45), layout.Target with { Left = 7, Top = 7 });
        Assert.Equal((200, 100, 50, 255), Draw.At(result, 30, 30));
        Assert.Equal((200, 100, 50, 255), Draw.At(result, layout.Target.Left, layout.Target.Top));
        Assert.Equal((0, 0, 0, 0), Draw.At(result, layout.Target.Left - 1, 30));
    }

    [Fact]
    public void Nothing_to_do_makes_no_copy()
    {
        using var picture = Draw.Gradient(9, 9);

        Assert.Null(LayoutPainter.Paint(picture, Layout.Of(9, 9, new PixelBox(1, 1, 2, 2), new LayoutWishes()), CancellationToken.None));
    }

    [Fact]
    public void A_layout_of_another_picture_is_a_mistake()
    {
        using var picture = Draw.Gradient(9, 9);
        var layout = Layout.Of(20, 20, new PixelBox(5, 5, 12, 12), new LayoutWishes { Crop = default(CropMargin) });

        Assert.Throws<ArgumentException>(() => LayoutPainter.Paint(picture, layout, CancellationToken.None));
    }

    [Fact]
    public void A_region_comes_back_where_it_was_and_outside_is_background()
    {
        using var picture = Draw.Noise(20, 15, 3);
        using var before = picture.Copy();
        var region = new PixelBox(4, 3, 9, 7);
        using var part = PictureRegion.Take(picture, region, CancellationToken.None);
        Assert.Equal(Draw.At(picture, 4, 3), Draw.At(part, 0, 0));
        Assert.Equal(Draw.At(picture, 12, 9), Draw.At(part, 8, 6));

        PictureRegion.PutBack(picture, part, region, HiddenColour.Cleared, CancellationToken.None);

        for (var i = 0; i < 20 * 15; i++)
        {
            var inside = region.Contains(new PixelBox(i % 20, i / 20, 1, 1));
            Assert.Equal(inside ? Draw.At(before, i % 20, i / 20) : (0, 0, 0, 0), Draw.At(picture, i % 20, i / 20));
        }
    }

    [Fact]
    public void Outside_a_region_colour_can_be_kept()
    {
        using var picture = Draw.Of(4, 4, (_, _) => (1, 2, 3, 200));
        using var part = PictureRegion.Take(picture, new PixelBox(1, 1, 2, 2), CancellationToken.None);

        PictureRegion.PutBack(picture, part, new PixelBox(1, 1, 2, 2), HiddenColour.Kept, CancellationToken.None);

        Assert.Equal(((1, 2, 3, 0), (1, 2, 3, 200)), (Draw.At(picture, 0, 0), Draw.At(picture, 1, 2)));
    }
}
