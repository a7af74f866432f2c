namespace NeuralMask.Imaging.Tests;

/// <summary>From file to file with a stand-in for the network that takes red for the subject.</summary>
public sealed class WholeWayTests
{
    private const int Side = 128;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void The_mask_of_a_turned_photo_lies_on_the_subject_at_full_size(int orientation)
    {
        // A red square in the upper left of the displayed picture.
        var (width, height) = orientation >= 5 ? (90, 160) : (160, 90);
        var displayed = new PixelBox(12, 18, 30, 30);
        using var stored = Draw.Of(160, 90, (x, y) =>
        {
            var (shownX, shownY) = orientation switch { 1 => (x, y), 3 => (159 - x, 89 - y), 6 => (89 - y, x), _ => (y, 159 - x) };
            return displayed.Contains(new PixelBox(shownX, shownY, 1, 1)) ? (230, 20, 20, 255) : (240, 240, 240, 255);
        });

        using var result = CutOut(JpegFile.WithOrientation(Draw.Jpeg(stored), orientation));

        Assert.Equal((width, height), (result.Width, result.Height));
        AssertNear(displayed, Subject(result)!.Value, 3);
        Assert.Equal(255, Draw.At(result, 27, 33).A);
    }

    [Theory]
    [InlineData(400, 100)]
    [InlineData(100, 400)]
    [InlineData(161, 97)]
    [InlineData(33, 21)]
    public void In_pictures_of_any_shape_the_subject_stays_in_place_and_the_corners_are_empty(int width, int height)
    {
        var box = new PixelBox(width / 4, height / 4, width / 2, height / 2);
        using var picture = Red(width, height, box);

        using var result = CutOut(Draw.Png(picture));

        Assert.Equal((width, height), (result.Width, result.Height));
        AssertNear(box, Subject(result)!.Value, 1 + (Math.Max(width, height) / 50));
        foreach (var (x, y) in new[] { (0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1) })
        {
            Assert.Equal((0, 0, 0, 0), Draw.At(result, x, y));
        }

        Assert.Equal(255, Draw.At(result, width / 2, height / 2).A);
    }

    [Fact]
    public void Over_its_own_white_background_a_cut_out_looks_as_before()
    {
        using var picture = Draw.Of(120, 120, (x, y) => Math.Abs(x - 60) + Math.Abs(y - 60) < 40 ? (254, 253, 255, 255) : (255, 255, 255, 255));
        using var before = picture.Copy();
        var soft = new byte[Side * Side];
        for (var i = 0; i < soft.Length; i++)
        {
            soft[i] = (byte)Math.Clamp(500 - (10 * (Math.Abs((i % Side) - 64) + Math.Abs((i / Side) - 64))), 0, 255);
        }

        MatteLayer.Apply(picture, new Mask(soft, Side, Side), CanvasPlacement.Whole(Side, Side), CancellationToken.None);
        Backdrop.Lay(picture, BackgroundColour.White, CancellationToken.None);

        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            Assert.InRange(picture.Pixels[i] - before.Pixels[i], -2, 2);
        }
    }

    [Fact]
    public void What_was_transparent_stays_so_and_what_it_hides_is_no_subject()
    {
        // Red is hidden on the left, visible in the middle and half visible right of it.
        using var picture = Draw.Of(120, 60, (x, _) => x < 40 ? (255, 0, 0, 0) : x < 70 ? (255, 0, 0, 255) : x < 80 ? (255, 0, 0, 128) : (250, 250, 250, 255));

        using var result = CutOut(Draw.Png(picture));

        for (var i = 0; i < 120 * 60; i++)
        {
            Assert.True(result.Pixels[(4 * i) + 3] <= picture.Pixels[(4 * i) + 3]);
        }

        AssertNear(new PixelBox(40, 0, 40, 60), Subject(result)!.Value, 12);
        Assert.Equal((0, 255), (Draw.At(result, 20, 30).A, Draw.At(result, 55, 30).A));
    }

    [Fact]
    public void The_removed_background_cannot_be_read_out_of_the_file()
    {
        using var picture = Red(80, 80, new PixelBox(30, 30, 20, 20));
        using var result = CutOut(Draw.Png(picture));
        using var png = PictureEncoder.Png(result, CancellationToken.None);
        using var webp = PictureEncoder.WebPLossless(result, CancellationToken.None);

        foreach (var file in new[] { png, webp })
        {
            using var read = Draw.Read(file.Bytes.ToArray());
            for (var i = 0; i < 80 * 80; i++)
            {
                Assert.True(read.Pixels[(4 * i) + 3] > 0 || read.Pixels.Slice(4 * i, 3).IndexOfAnyExcept((byte)0) < 0);
            }

            Assert.Equal((0, 255), (Draw.At(read, 2, 2).A, Draw.At(read, 40, 40).A));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void Without_a_subject_nothing_is_found_and_nothing_stretched(int grey)
    {
        using var picture = Draw.Of(50, 40, (_, _) => (grey, grey, grey, 255));

        using var result = CutOut(Draw.Png(picture));

        Assert.Null(Subject(result));
        Assert.True(result.Pixels.IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void A_region_limits_the_subject_to_what_lies_in_it()
    {
        using var picture = Draw.Of(200, 100, (x, y) => y is >= 40 and < 60 && x % 100 is >= 40 and < 60 ? (230, 10, 10, 255) : (240, 240, 240, 255));
        var region = RegionOfInterest.Parse("50% 0 100% 100%").In(200, 100);

        using var part = PictureRegion.Take(picture, region, CancellationToken.None);
        Matte(part);
        PictureRegion.PutBack(picture, part, region, HiddenColour.Cleared, CancellationToken.None);

        AssertNear(new PixelBox(140, 40, 20, 20), Subject(picture)!.Value, 2);
    }

    [Fact]
    public void Crop_scale_shadow_and_background_follow_each_other()
    {
        using var picture = Red(300, 200, new PixelBox(100, 60, 80, 40));
        Matte(picture);
        var wishes = new LayoutWishes { Crop = CropMargin.Parse("25%"), Scale = SubjectScale.Parse("50%"), Position = SubjectPosition.Center };
        var layout = Layout.Of(300, 200, Subject(picture)!.Value, wishes);
        using var result = LayoutPainter.Paint(picture, layout, CancellationToken.None)!;
        DropShadow.For(ShadowOpacity.Parse("60"), layout.Target).Lay(result, CancellationToken.None);
        Backdrop.Lay(result, new BackgroundColour(0, 0, 255, 255), CancellationToken.None);

        Assert.True(result.IsOpaque);
        Assert.Equal((0, 0, 255, 255), Draw.At(result, 0, 0));
        Assert.InRange(Draw.At(result, result.Width / 2, result.Height / 2).R, 220, 240);
        Assert.InRange(layout.Target.Width - (result.Width / 2), -1, 1);
    }

    private static Picture Red(int width, int height, PixelBox box) =>
        Draw.Of(width, height, (x, y) => box.Contains(new PixelBox(x, y, 1, 1)) ? (230, 20, 20, 255) : (240, 240, 240, 255));

    private static Picture CutOut(byte[] file)
    {
        var picture = Draw.Read(file);
        Matte(picture);
        return picture;
    }

    private static void Matte(Picture picture)
    {
        var canvas = CanvasPainter.Paint(picture, new Canvas(CanvasFit.Stretch, ResizeKernel.Bilinear, Side, Side), CancellationToken.None);
        var rgb = canvas.Rgb.Span;
        var alpha = new byte[Side * Side];
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = (byte)Math.Clamp(((rgb[3 * i] - rgb[(3 * i) + 2]) * 2) - 60, 0, 255);
        }

        MatteLayer.Apply(picture, new Mask(alpha, Side, Side), canvas.Placement, CancellationToken.None);
    }

    private static PixelBox? Subject(Picture picture) =>
        ForegroundBox.Of(picture, ForegroundBox.DefaultThreshold, CancellationToken.None) is { } box ? PixelBox.Of(box) : null;

    private static void AssertNear(PixelBox expected, PixelBox actual, int tolerance)
    {
        Assert.InRange(actual.Left - expected.Left, -tolerance, tolerance);
        Assert.InRange(actual.Top - expected.Top, -tolerance, tolerance);
        Assert.InRange(actual.Right - expected.Right, -tolerance, tolerance);
        Assert.InRange(actual.Bottom - expected.Bottom, -tolerance, tolerance);
    }
}
