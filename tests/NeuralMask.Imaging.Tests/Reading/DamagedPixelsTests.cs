namespace NeuralMask.Imaging.Tests;

public sealed class DamagedPixelsTests
{
    [Fact]
    public void A_truncated_jpeg_gives_its_upper_part_and_grey_when_asked()
    {
        using var picture = Draw.Gradient(160, 160);
        var whole = Draw.Jpeg(picture);
        using var expected = Draw.Read(whole);
        var file = whole[..(whole.Length / 2)];

        using var read = Draw.Read(file, DamagedPixels.Filled);

        Assert.Equal(Draw.At(expected, 80, 20), Draw.At(read, 80, 20));
        Assert.Equal((128, 128, 128, 255), Draw.At(read, 80, 158));
        Assert.True(read.IsOpaque);
        AssertRefused(file);
    }

    [Fact]
    public void A_truncated_png_gives_its_upper_part_and_nothing_when_asked()
    {
        using var picture = Draw.Noise(100, 100, 4);
        var whole = Draw.Png(picture);
        var file = whole[..(whole.Length / 2)];

        using var read = Draw.Read(file, DamagedPixels.Filled);

        Assert.Equal(Draw.At(picture, 50, 10), Draw.At(read, 50, 10));
        Assert.Equal((0, 0, 0, 0), Draw.At(read, 50, 98));
        AssertRefused(file);
    }

    [Fact]
    public void A_truncated_png_of_sixteen_bits_gives_its_upper_part_when_asked()
    {
        using var picture = Draw.Noise(100, 100, 4);
        var whole = Draw.WidePng(picture);
        var file = whole[..(whole.Length / 2)];

        using var read = Draw.Read(file, DamagedPixels.Filled);

        Assert.Equal(Draw.At(picture, 50, 10), Draw.At(read, 50, 10));
        Assert.Equal((0, 0, 0, 0), Draw.At(read, 50, 98));
        AssertRefused(file);
    }

    [Fact]
    public void A_truncated_picture_is_turned_as_a_whole_one()
    {
        using var picture = Draw.Gradient(160, 80);
        var whole = JpegFile.WithOrientation(Draw.Jpeg(picture), 6);

        using var read = Draw.Read(whole[..(whole.Length / 2)], DamagedPixels.Filled);

        // The first row is displayed as the last column.
        Assert.Equal((80, 160), (read.Width, read.Height));
        Assert.Equal((128, 128, 128, 255), Draw.At(read, 1, 80));
        Assert.InRange(Draw.At(read, 78, 80).R - Draw.At(picture, 80, 1).R, -3, 3);
    }

    [Fact]
    public void A_jpeg_that_lacks_only_its_end_is_whole_when_asked()
    {
        using var picture = Draw.Gradient(64, 64);
        var whole = Draw.Jpeg(picture);
        using var expected = Draw.Read(whole);

        using var read = Draw.Read(whole[..^2], DamagedPixels.Filled);

        Assert.Equal(expected.Pixels, read.Pixels);
    }

    [Fact]
    public void A_truncated_progressive_jpeg_is_coarse_when_asked()
    {
        var whole = (PlainJpeg.Colour(64, 64, (x, y) => (x * 3, y * 3, 90)) with { Progressive = true }).ToBytes();
        var file = whole[..(whole.Length / 2)];

        using var read = Draw.Read(file, DamagedPixels.Filled);

        Assert.InRange(Draw.At(read, 60, 60).R - 180, -12, 12);
        AssertRefused(file);
    }

    [Fact]
    public void Truncated_files_of_the_other_formats_give_their_upper_part_when_asked()
    {
        using var picture = Draw.Noise(120, 90, 5);
        var gif = GifFile.Write(50, 40, [(1, 2, 3), (4, 5, 6)], new GifFile.Frame(0, 0, 50, 40, (x, _) => x & 1));
        foreach (var (whole, last) in new[] { (Draw.WebP(picture), (0, 0, 0, 0)), (Draw.WebP(picture, 80), (0, 0, 0, 0)), (gif, (128, 128, 128, 255)) })
        {
            var file = whole[..(whole.Length * 9 / 10)];
            using var expected = Draw.Read(whole);

            using var read = Draw.Read(file, DamagedPixels.Filled);

            Assert.Equal(Draw.At(expected, 5, 2), Draw.At(read, 5, 2));
            Assert.Equal(last, Draw.At(read, read.Width - 1, read.Height - 1));
            AssertRefused(file);
        }
    }

    [Fact]
    public void Without_a_single_pixel_there_is_no_picture()
    {
        var chunks = PngFile.Chunks(PngFile.Write(200, 200, PngFile.Rgb, 8, [.. Enumerable.Repeat(new byte[600], 200)]));
        var file = PngFile.File([chunks[0], ("IDAT", chunks.Single(chunk => chunk.Type == "IDAT").Data[..3])]);

        var refusal = Assert.Throws<PictureException>(() => Draw.Read(file, DamagedPixels.Filled).Dispose());

        Assert.Equal(PictureFault.Damaged, refusal.Fault);
    }

    [Fact]
    public void Whole_pictures_are_the_same_either_way()
    {
        using var picture = Draw.Noise(30, 30, 4);
        foreach (var file in new[] { Draw.Png(picture), Draw.WebP(picture), Draw.Jpeg(picture), Draw.WidePng(picture) })
        {
            using var strict = Draw.Read(file);
            using var lenient = Draw.Read(file, DamagedPixels.Filled);
            Assert.Equal(strict.Pixels, lenient.Pixels);
        }
    }

    private static void AssertRefused(byte[] file) =>
        Assert.Equal(PictureFault.Damaged, Assert.Throws<PictureException>(() => Draw.Read(file).Dispose()).Fault);
}
