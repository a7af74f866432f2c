namespace NeuralMask.Imaging.Tests;

public sealed class OtherFormatsTests
{
    private static readonly (int R, int G, int B)[] Palette = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (90, 80, 70)];

    [Fact]
    public void A_progressive_jpeg_is_read_as_the_baseline_one()
    {
        var baseline = PlainJpeg.Colour(61, 43, (x, y) => (40 + (3 * x), 30 + (4 * y), 200 - (2 * x)));
        using var expected = Draw.Read(baseline.ToBytes());
        using var read = Draw.Read((baseline with { Progressive = true }).ToBytes());
        using var apart = Draw.Read((baseline with { Apart = true }).ToBytes());

        Assert.Equal(expected.Pixels, read.Pixels);
        Assert.Equal(expected.Pixels, apart.Pixels);
        Assert.InRange(Draw.At(read, 20, 20).R - 100, -3, 3);
    }

    [Fact]
    public void A_grey_jpeg_is_read_to_equal_channels()
    {
        using var read = Draw.Read(new PlainJpeg(40, 20, (x, _) => 5 * x).ToBytes());

        var (r, g, b, a) = Draw.At(read, 30, 10);
        Assert.InRange(r, 148, 152);
        Assert.Equal((r, r, 255), (g, b, a));
    }

    [Fact]
    public void A_jpeg_of_red_green_and_blue_is_no_ycc() =>
        AssertPixel((200, 100, 50, 255), new PlainJpeg(8, 8, (_, _) => 200, (_, _) => 100, (_, _) => 50) { AdobeTransform = 0 }.ToBytes());

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 3, 85)]
    [InlineData(4, 15, 17)]
    public void Every_depth_of_grey_spans_black_to_white(byte depth, int levels, int step)
    {
        for (var value = 0; value <= levels; value++)
        {
            var expected = depth == 1 ? value * 255 : value * step;
            AssertPixel((expected, expected, expected, 255), PngFile.Write(1, 1, PngFile.Grey, depth, [[(byte)(value << (8 - depth))]]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Every_depth_of_palette_is_read(byte depth)
    {
        var file = PngFile.Write(1, 1, PngFile.Palette, depth, [[(byte)(1 << (8 - depth))]], ("PLTE", [10, 20, 30, 40, 50, 60]), ("tRNS", [255, 99]));

        AssertPixel((40, 50, 60, 99), file);
    }

    [Fact]
    public void A_transparent_colour_of_grey_and_of_rgb_is_transparent()
    {
        AssertPixel((77, 77, 77, 0), PngFile.Write(1, 1, PngFile.Grey, 8, [[77]], ("tRNS", [0, 77])));
        AssertPixel((255, 255, 255, 0), PngFile.Write(1, 1, PngFile.Grey, 1, [[0x80]], ("tRNS", [0, 1])));
        AssertPixel((1, 2, 3, 0), PngFile.Write(1, 1, PngFile.Rgb, 8, [[1, 2, 3]], ("tRNS", [0, 1, 0, 2, 0, 3])));
    }

    [Fact]
    public void An_interlaced_png_is_read_as_the_straight_one()
    {
        using var picture = Draw.Noise(37, 21, 3);

        using var read = Draw.Read(PngFile.Interlaced(37, 21, PngFile.Rgba, 8, (x, y) => picture.Pixels.Slice(((y * 37) + x) * 4, 4).ToArray()));

        Assert.Equal(picture.Pixels, read.Pixels);
    }

    [Fact]
    public void A_grey_profile_is_converted()
    {
        // Half of linear light.
        AssertPixel((188, 188, 188, 255), PngFile.Write(1, 1, PngFile.Grey, 8, [[128]], PngFile.Profile(IccFile.Grey(1))));
        AssertPixel((188, 188, 188, 7), PngFile.Write(1, 1, PngFile.GreyAlpha, 8, [[128, 7]], PngFile.Profile(IccFile.Grey(1))));
        AssertPixel((188, 188, 188, 255), JpegFile.WithProfile(new PlainJpeg(8, 8, (_, _) => 128).ToBytes(), IccFile.Grey(1)));
    }

    [Fact]
    public void A_profile_of_another_kind_of_colour_counts_as_none()
    {
        var colour = PlainJpeg.Colour(8, 8, (_, _) => (200, 100, 50)).ToBytes();

        using var expected = Draw.Read(colour);
        using var read = Draw.Read(JpegFile.WithProfile(colour, IccFile.Grey(1)));

        Assert.Equal(expected.Pixels, read.Pixels);
    }

    [Fact]
    public void A_broken_profile_in_a_png_counts_as_none()
    {
        var profile = RgbSpace.DisplayP3.Profile();
        foreach (var broken in new byte[][] { [], [1, 2, 3], profile[..200], [.. profile.AsSpan(0, 128), .. new byte[400]] })
        {
            AssertPixel((200, 120, 60, 255), PngFile.Write(1, 1, PngFile.Rgb, 8, [[200, 120, 60]], PngFile.Profile(broken)));
        }
    }

    [Fact]
    public void A_gif_is_read_with_its_transparent_colour()
    {
        var file = GifFile.Write(4, 2, Palette, new GifFile.Frame(0, 0, 4, 2, (x, _) => x) { Transparent = 3 });

        using var read = Draw.Read(file);

        Assert.Equal(((255, 0, 0, 255), (0, 0, 255, 255), 0), (Draw.At(read, 0, 1), Draw.At(read, 2, 0), Draw.At(read, 3, 0).A));
    }

    [Fact]
    public void Of_an_animated_gif_the_first_frame_is_read_on_its_canvas()
    {
        var file = GifFile.Write(
            6, 4, Palette, new GifFile.Frame(2, 1, 3, 2, (_, _) => 1), new GifFile.Frame(0, 0, 6, 4, (_, _) => 2), new GifFile.Frame(0, 0, 1, 1, (_, _) => 0));

        var header = PictureHeader.Read(file, Draw.Limits);
        using var read = Draw.Read(file);

        Assert.Equal((PictureFormat.Gif, 6, 4, 3, true), (header.Format, header.StoredWidth, header.StoredHeight, header.Frames, header.HasAlpha));
        Assert.Equal(((0, 255, 0, 255), 0), (Draw.At(read, 3, 2), Draw.At(read, 0, 0).A));
    }

    [Fact]
    public void Bitmaps_of_every_depth_are_read()
    {
        AssertPixel((30, 20, 10, 255), BmpFile.Write(1, 24, [[10, 20, 30]]));
        AssertPixel((30, 20, 10, 255), BmpFile.Write(1, 32, [[10, 20, 30, 0]]));
        AssertPixel((30, 20, 10, 40), BmpFile.WithAlpha(1, [[10, 20, 30, 40]]));
        AssertPixel((6, 5, 4, 255), BmpFile.Write(1, 8, [[1]], 1, 2, 3, 0, 4, 5, 6, 0));
        AssertPixel((6, 5, 4, 255), BmpFile.Write(1, 1, [[0x80]], 1, 2, 3, 0, 4, 5, 6, 0));
    }

    [Fact]
    public void What_the_runs_of_a_bitmap_skip_shows_no_memory_of_others()
    {
        // One pixel, and then the end: 4095 pixels are never mentioned.
        var file = BmpFile.Runs(64, 64, [1, 2, 3, 0, 4, 5, 6, 0], [1, 1, 0, 1]);
        for (var round = 0; round < 3; round++)
        {
            using (var dirt = new Picture(64, 64))
            {
                dirt.Pixels.Fill(0xAB);
            }

            using var read = Draw.Read(file);

            Assert.True(read.Pixels.IndexOf((byte)0xAB) < 0);
        }
    }

    [Theory]
    [InlineData(0xC9, "arithmetic")]
    [InlineData(0xC3, "lossless")]
    [InlineData(0xC5, "hierarchical")]
    public void Jpegs_that_no_codec_reads_are_named(byte marker, string word)
    {
        var file = new PlainJpeg(8, 8, (_, _) => 1).ToBytes();
        file[file.AsSpan().IndexOf((byte[])[0xFF, 0xC0]) + 1] = marker;

        var refusal = Assert.Throws<PictureException>(() => PictureHeader.Read(file, Draw.Limits));

        Assert.Equal(PictureFault.UnsupportedType, refusal.Fault);
        Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bitmap_with_scattered_masks_is_refused_before_the_codec_complains()
    {
        var file = BmpFile.WithAlpha(1, [[10, 20, 30, 40]]);
        file[54] = 0x55;

        Assert.Equal(PictureFault.UnsupportedType, Assert.Throws<PictureException>(() => PictureHeader.Read(file, Draw.Limits)).Fault);
    }

    private static void AssertPixel((int R, int G, int B, int A) expected, byte[] file)
    {
        using var read = Draw.Read(file);
        var (r, g, b, a) = Draw.At(read, 0, 0);
        Assert.InRange(r - expected.R, -1, 1);
        Assert.InRange(g - expected.G, -1, 1);
        Assert.InRange(b - expected.B, -1, 1);
        Assert.Equal(expected.A, a);
    }
}
