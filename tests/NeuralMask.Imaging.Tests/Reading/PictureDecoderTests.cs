namespace NeuralMask.Imaging.Tests;

public sealed class PictureDecoderTests
{
    // Where the displayed pixel (x, y) of a picture of the displayed size lies in the file.
    private static readonly Dictionary<int, Func<int, int, int, int, (int X, int Y)>> Stored = new()
    {
        [1] = (x, y, _, _) => (x, y),
        [2] = (x, y, w, _) => (w - 1 - x, y),
        [3] = (x, y, w, h) => (w - 1 - x, h - 1 - y),
        [4] = (x, y, _, h) => (x, h - 1 - y),
        [5] = (x, y, _, _) => (y, x),
        [6] = (x, y, w, _) => (y, w - 1 - x),
        [7] = (x, y, w, h) => (h - 1 - y, w - 1 - x),
        [8] = (x, y, _, h) => (h - 1 - y, x),
    };

    public static TheoryData<int> Orientations => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Applies_the_orientation_of_a_jpeg(int orientation)
    {
        using var displayed = Draw.Gradient(90, 37);
        using var stored = Store(displayed, orientation);
        var file = JpegFile.WithOrientation(Draw.Jpeg(stored), orientation);

        AssertShows(displayed, file, orientation, 4);
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Applies_the_orientation_of_a_webp(int orientation)
    {
        using var displayed = Draw.Gradient(90, 37);
        using var stored = Store(displayed, orientation);
        var file = WebPFile.WithOrientation(Draw.WebP(stored), stored.Width, stored.Height, orientation);

        AssertShows(displayed, file, orientation, 0);
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Applies_the_orientation_of_a_png(int orientation)
    {
        using var displayed = Draw.Gradient(90, 37);
        using var stored = Store(displayed, orientation);
        var chunks = PngFile.Chunks(Draw.Png(stored));
        var file = PngFile.File([chunks[0], ("eXIf", JpegFile.Exif(orientation)), .. chunks.Skip(1)]);

        AssertShows(displayed, file, orientation, 0);
    }

    [Fact]
    public void An_orientation_out_of_range_is_none()
    {
        using var picture = Draw.Gradient(20, 10);

        var header = PictureHeader.Read(JpegFile.WithOrientation(Draw.Jpeg(picture), 9), Draw.Limits);

        Assert.Equal(PictureOrientation.TopLeft, header.Orientation);
    }

    [Fact]
    public void Converts_display_p3_to_srgb() => AssertConverts(RgbSpace.DisplayP3);

    [Fact]
    public void Converts_adobe_rgb_to_srgb() => AssertConverts(RgbSpace.AdobeRgb);

    [Fact]
    public void Converts_the_profile_of_a_png_and_leaves_alpha()
    {
        var file = PngFile.Write(1, 1, PngFile.Rgba, 8, [[200, 120, 60, 77]], PngFile.Profile(RgbSpace.DisplayP3.Profile()));
        var expected = RgbSpace.DisplayP3.ToSrgb(200, 120, 60);

        using var read = Draw.Read(file);

        var (r, g, b, a) = Draw.At(read, 0, 0);
        Assert.InRange(r - expected[0], -1, 1);
        Assert.InRange(g - expected[1], -1, 1);
        Assert.InRange(b - expected[2], -1, 1);
        Assert.Equal(77, a);
    }

    [Fact]
    public void Leaves_srgb_as_it_is()
    {
        using var picture = Draw.Gradient(64, 64);
        var plain = Draw.Jpeg(picture);

        using var tagged = Draw.Read(JpegFile.WithProfile(plain, RgbSpace.Srgb.Profile()));
        using var untagged = Draw.Read(plain);

        for (var i = 0; i < tagged.Pixels.Length; i++)
        {
            Assert.InRange(tagged.Pixels[i] - untagged.Pixels[i], -1, 1);
        }
    }

    [Fact]
    public void A_damaged_profile_counts_as_none()
    {
        using var picture = Draw.Gradient(16, 16);
        var plain = Draw.Jpeg(picture);

        using var read = Draw.Read(JpegFile.WithProfile(plain, [1, 2, 3, 4, 5, 6, 7, 8]));
        using var expected = Draw.Read(plain);

        Assert.Equal(expected.Pixels, read.Pixels);
    }

    [Fact]
    public void Reads_grey()
    {
        var file = PngFile.Write(3, 1, PngFile.Grey, 8, [[0, 100, 255]]);

        AssertPixels(file, (0, 0, 0, 255), (100, 100, 100, 255), (255, 255, 255, 255));
    }

    [Fact]
    public void Reads_one_bit_grey() =>
        AssertPixels(PngFile.Write(3, 1, PngFile.Grey, 1, [[0b1010_0000]]), (255, 255, 255, 255), (0, 0, 0, 255), (255, 255, 255, 255));

    [Fact]
    public void Reads_grey_with_alpha() =>
        AssertPixels(PngFile.Write(2, 1, PngFile.GreyAlpha, 8, [[200, 7, 90, 255]]), (200, 200, 200, 7), (90, 90, 90, 255));

    [Fact]
    public void Reads_a_palette_with_transparency()
    {
        var file = PngFile.Write(
            3, 1, PngFile.Palette, 8, [[0, 1, 2]], ("PLTE", [10, 20, 30, 40, 50, 60, 70, 80, 90]), ("tRNS", [0, 128]));

        AssertPixels(file, (10, 20, 30, 0), (40, 50, 60, 128), (70, 80, 90, 255));
    }

    [Fact]
    public void Keeps_colour_under_zero_alpha() =>
        AssertPixels(PngFile.Write(2, 1, PngFile.Rgba, 8, [[200, 100, 50, 0, 200, 100, 50, 1]]), (200, 100, 50, 0), (200, 100, 50, 1));

    [Fact]
    public void Rounds_sixteen_bits_to_eight()
    {
        // 0x10F0 is 16.87, 0xEF10 is 238.13: cutting the low byte off would lose the first.
        var file = PngFile.Write(2, 1, PngFile.Rgba, 16, [[0x10, 0xF0, 0xEF, 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0x80, 0x80, 0x10, 0xF0, 0x10, 0xF0]]);

        AssertPixels(file, (17, 238, 255, 255), (0, 128, 17, 17));
    }

    [Fact]
    public void Says_that_a_jpeg_is_opaque()
    {
        using var picture = Draw.Gradient(16, 16);

        using var read = Draw.Read(Draw.Jpeg(picture));

        Assert.True(read.IsOpaque);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    [InlineData(0.97)]
    public void A_file_cut_off_is_damaged(double share)
    {
        using var picture = Draw.Noise(120, 90, 5);
        var progressive = PlainJpeg.Colour(120, 90, (x, y) => (x * 2, y * 2, x + y)) with { Progressive = true };
        var bitmap = BmpFile.Write(120, 24, [.. Enumerable.Repeat(new byte[360], 90)]);
        var gif = GifFile.Write(120, 90, [(1, 2, 3)], new GifFile.Frame(0, 0, 120, 90, (_, _) => 0));
        foreach (var file in new[] { Draw.Jpeg(picture), progressive.ToBytes(), (progressive with { Progressive = false, Apart = true }).ToBytes(), Draw.Png(picture), Draw.WidePng(picture), Draw.WebP(picture), Draw.WebP(picture, 80), bitmap, gif })
        {
            var refusal = Assert.Throws<PictureException>(() => Draw.Read(file[..(int)(file.Length * share)]).Dispose());

            Assert.Equal(PictureFault.Damaged, refusal.Fault);
        }
    }

    [Fact]
    public void A_header_of_other_bytes_is_a_mistake()
    {
        using var small = Draw.Gradient(4, 4);
        using var large = Draw.Gradient(8, 4);
        var header = PictureHeader.Read(Draw.Png(small), Draw.Limits);

        Assert.Throws<ArgumentException>(() => PictureDecoder.Decode(Draw.Png(large), header, CancellationToken.None));
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var picture = Draw.Gradient(4, 4);
        var file = Draw.Png(picture);

        Assert.Throws<OperationCanceledException>(
            () => PictureDecoder.Decode(file, PictureHeader.Read(file, Draw.Limits), new CancellationToken(canceled: true)));
    }

    private static void AssertConverts(RgbSpace space)
    {
        (byte R, byte G, byte B)[] patches = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (200, 120, 60), (60, 160, 90), (128, 128, 128), (255, 255, 255)];
        foreach (var (r, g, b) in patches)
        {
            using var patch = Draw.Of(32, 32, (_, _) => (r, g, b, 255));
            using var read = Draw.Read(JpegFile.WithProfile(Draw.Jpeg(patch), space.Profile()));

            var (red, green, blue, _) = Draw.At(read, 16, 16);
            var expected = space.ToSrgb(r, g, b);
            Assert.InRange(red - expected[0], -2, 2);
            Assert.InRange(green - expected[1], -2, 2);
            Assert.InRange(blue - expected[2], -2, 2);
        }
    }

    private static Picture Store(Picture displayed, int orientation)
    {
        var turned = orientation >= 5;
        var stored = new Picture(turned ? displayed.Height : displayed.Width, turned ? displayed.Width : displayed.Height);
        for (var y = 0; y < displayed.Height; y++)
        {
            for (var x = 0; x < displayed.Width; x++)
            {
                var (sx, sy) = Stored[orientation](x, y, displayed.Width, displayed.Height);
                displayed.Pixels.Slice(((y * displayed.Width) + x) * 4, 4).CopyTo(stored.Pixels[(((sy * stored.Width) + sx) * 4)..]);
            }
        }

        return stored;
    }

    private static void AssertShows(Picture expected, byte[] file, int orientation, int tolerance)
    {
        var header = PictureHeader.Read(file, Draw.Limits);
        Assert.Equal(orientation, (int)header.Orientation);
        Assert.Equal((expected.Width, expected.Height), (header.DisplayedWidth, header.DisplayedHeight));
        using var read = PictureDecoder.Decode(file, header, CancellationToken.None);
        Assert.Equal((expected.Width, expected.Height), (read.Width, read.Height));
        for (var i = 0; i < expected.Pixels.Length; i++)
        {
            Assert.InRange(read.Pixels[i] - expected.Pixels[i], -tolerance, tolerance);
        }
    }

    private static void AssertPixels(byte[] file, params (int R, int G, int B, int A)[] expected)
    {
        using var read = Draw.Read(file);
        Assert.Equal(expected, Enumerable.Range(0, read.Width).Select(x => Draw.At(read, x, 0)));
    }
}
