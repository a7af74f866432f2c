using System.Text;

namespace NeuralMask.Imaging.Tests;

public sealed class PictureHeaderTests
{
    [Fact]
    public void Reads_each_format()
    {
        using var picture = Draw.Gradient(31, 17);
        foreach (var (file, format) in new[]
        {
            (Draw.Jpeg(picture), PictureFormat.Jpeg), (Draw.Png(picture), PictureFormat.Png), (Draw.WebP(picture), PictureFormat.WebP),
        })
        {
            var header = PictureHeader.Read(file, Draw.Limits);

            Assert.Equal((format, 31, 17, 31, 17, 1), (header.Format, header.StoredWidth, header.StoredHeight, header.DisplayedWidth, header.DisplayedHeight, header.Frames));
        }
    }

    [Theory]
    [InlineData("", PictureFault.Empty, "empty")]
    [InlineData("\u00ff\u00d8\u00ff", PictureFault.Damaged, "cut off")]
    [InlineData("abc", PictureFault.NotAPicture, "received text")]
    [InlineData("<!doctype html><title>404</title>", PictureFault.NotAPicture, "received an HTML page")]
    [InlineData("GIF89a\u0001\0\u0001\0\0\0\0", PictureFault.Damaged, "header")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", PictureFault.UnsupportedType, "Expected JPEG, PNG, WebP, GIF or BMP, received HEIC")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0mif1miaf", PictureFault.UnsupportedType, "received AVIF")]
    [InlineData("II*\0\u0008\0\0\0", PictureFault.UnsupportedType, "received TIFF")]
    [InlineData("\u0089PNG\r\n\u001a\n", PictureFault.Damaged, "header")]
    [InlineData("RIFF\u00ff\u00ff\0\0WEBPVP8 ", PictureFault.Damaged, "header")]
    public void Refuses_what_is_no_readable_picture(string content, PictureFault fault, string words)
    {
        var refusal = Assert.Throws<PictureException>(() => PictureHeader.Read(Encoding.Latin1.GetBytes(content), Draw.Limits));

        Assert.Equal(fault, refusal.Fault);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_claim_of_too_many_pixels_without_paying_for_it()
    {
        var bomb = PngFile.File([("IHDR", PngFile.Header(50_000, 50_000, PngFile.Rgba, 8)), ("IDAT", new byte[64]), ("IEND", [])]);

        var refusal = Assert.Throws<PictureException>(() => PictureHeader.Read(bomb, Draw.Limits));

        Assert.Equal(PictureFault.TooManyPixels, refusal.Fault);
        Assert.Equal("The picture has 2500 megapixels (50000 × 50000); at most 50 are accepted: send a smaller one.", refusal.Message);
    }

    [Fact]
    public void A_header_allocates_next_to_nothing()
    {
        var bomb = PngFile.File([("IHDR", PngFile.Header(7_000, 7_000, PngFile.Rgba, 16)), ("IDAT", new byte[8_000]), ("IEND", [])]);
        PictureHeader.Read(bomb, Draw.Limits);
        var before = GC.GetAllocatedBytesForCurrentThread();

        PictureHeader.Read(bomb, Draw.Limits);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
    }

    [Fact]
    public void Refuses_too_many_bytes_and_names_the_limit()
    {
        var refusal = Assert.Throws<PictureException>(() => PictureHeader.Read(new byte[101], Draw.Limits with { MaxBytes = 100 }));

        Assert.Equal(PictureFault.TooManyBytes, refusal.Fault);
        Assert.Equal("The file has 101 bytes; at most 100 are accepted: send a smaller one.", refusal.Message);
    }

    [Fact]
    public void Refuses_too_long_a_side()
    {
        using var picture = Draw.Gradient(400, 1);

        var refusal = Assert.Throws<PictureException>(() => PictureHeader.Read(Draw.Png(picture), Draw.Limits with { MaxSide = 399 }));

        Assert.Equal(PictureFault.TooManyPixels, refusal.Fault);
    }

    [Theory]
    [InlineData(50_000_001, 1, "50.000001")]
    [InlineData(10_000, 6_000, "60")]
    public void A_refusal_never_shows_a_number_within_the_limit(int width, int height, string megapixels)
    {
        var refusal = Assert.Throws<PictureException>(() => Draw.Limits.CheckPixels(width, height));

        Assert.StartsWith($"The picture has {megapixels} megapixels", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_picture_exactly_at_the_limits()
    {
        using var picture = Draw.Gradient(20, 10);
        var file = Draw.Png(picture);

        var header = PictureHeader.Read(file, new PictureLimits { MaxBytes = file.Length, MaxPixels = 200, MaxSide = 20 });

        Assert.Equal(200, header.Pixels);
    }

    [Fact]
    public void Counts_the_frames_of_animations_and_decodes_the_first()
    {
        using var red = Draw.Of(8, 6, (_, _) => (255, 0, 0, 255));
        using var blue = Draw.Of(8, 6, (_, _) => (0, 0, 255, 255));
        var webp = WebPFile.Animate(8, 6, Draw.WebP(red), Draw.WebP(blue), Draw.WebP(blue));
        var still = PngFile.Chunks(Draw.Png(red));
        var apng = PngFile.File([still[0], ("acTL", [0, 0, 0, 5, 0, 0, 0, 0]), .. still.Skip(1)]);

        Assert.Equal(3, PictureHeader.Read(webp, Draw.Limits).Frames);
        Assert.Equal(5, PictureHeader.Read(apng, Draw.Limits).Frames);
        using var first = Draw.Read(webp);
        Assert.Equal((255, 0, 0, 255), Draw.At(first, 3, 3));
    }

    [Fact]
    public void Says_whether_a_picture_may_have_alpha()
    {
        using var picture = Draw.Of(4, 4, (_, _) => (1, 2, 3, 99));

        Assert.True(PictureHeader.Read(Draw.Png(picture), Draw.Limits).HasAlpha);
        Assert.False(PictureHeader.Read(Draw.Jpeg(picture), Draw.Limits).HasAlpha);
    }
}
