using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralMask.Imaging.Tests;

public sealed class EncoderTests
{
    [Fact]
    public void Png_keeps_every_byte_even_under_zero_alpha()
    {
        using var picture = Draw.Noise(61, 43, 8);
        for (var i = 0; i < 400; i++)
        {
            picture.Pixels[(i * 4) + 3] = (byte)(i % 4);
        }

        using var file = PictureEncoder.Png(picture, CancellationToken.None);

        using var read = Draw.Read(file.Bytes.ToArray());
        Assert.Equal(picture.Pixels, read.Pixels);
    }

    [Fact]
    public void Png_is_eight_bit_rgba_in_srgb_also_when_opaque()
    {
        using var picture = Draw.Gradient(10, 10);

        using var file = PictureEncoder.Png(picture, CancellationToken.None);

        var chunks = PngFile.Chunks(file.Bytes.Span);
        Assert.Equal([8, PngFile.Rgba, 0, 0, 0], chunks[0].Data[8..]);
        Assert.Contains(chunks, chunk => chunk.Type == "sRGB");
        Assert.DoesNotContain(chunks, chunk => chunk.Type == "iCCP");
    }

    [Fact]
    public void Alpha_is_a_plain_grey_png()
    {
        using var picture = Draw.Noise(31, 9, 2);
        var alpha = Enumerable.Range(0, 31 * 9).Select(i => picture.Pixels[(i * 4) + 3]).ToArray();

        using var file = PictureEncoder.AlphaPng(picture, CancellationToken.None);
        using var same = PictureEncoder.AlphaPng(new Mask(alpha, 31, 9), CancellationToken.None);

        var chunks = PngFile.Chunks(file.Bytes.Span);
        Assert.DoesNotContain(chunks, chunk => chunk.Type is "PLTE" or "tRNS" or "iCCP" or "sRGB" or "gAMA");
        Assert.Equal([8, PngFile.Grey, 0, 0, 0], chunks[0].Data[8..]);
        using var read = Draw.Read(file.Bytes.ToArray());
        Assert.Equal(alpha, Enumerable.Range(0, 31 * 9).Select(i => read.Pixels[i * 4]));
        Assert.Equal(file.Bytes.ToArray(), same.Bytes.ToArray());
    }

    [Fact]
    public void Jpeg_is_over_the_colour()
    {
        using var picture = Draw.Of(32, 32, (_, _) => (255, 0, 0, 0));

        using var file = PictureEncoder.Jpeg(picture, new BackgroundColour(0, 0, 255, 51), 95, CancellationToken.None);

        // A fifth of blue over white.
        using var read = Draw.Read(file.Bytes.ToArray());
        var (r, g, b, a) = Draw.At(read, 16, 16);
        Assert.InRange(r, 202, 206);
        Assert.InRange(g, 202, 206);
        Assert.InRange(b, 253, 255);
        Assert.Equal(255, a);
        Assert.Equal((255, 0, 0, 0), Draw.At(picture, 3, 3));
    }

    [Fact]
    public void WebP_keeps_alpha()
    {
        using var picture = Draw.Of(40, 20, (x, _) => (200, 100, 50, x < 20 ? 0 : 128));

        using var file = PictureEncoder.WebP(picture, 90, CancellationToken.None);

        Assert.Equal(PictureFormat.WebP, FileSignature.Sniff(file.Bytes.Span).Format);
        using var read = Draw.Read(file.Bytes.ToArray());
        Assert.Equal((0, 128), (Draw.At(read, 3, 3).A, Draw.At(read, 30, 3).A));
    }

    [Fact]
    public void Lossless_webp_keeps_every_visible_pixel()
    {
        using var picture = Draw.Noise(37, 23, 5);

        using var file = PictureEncoder.WebPLossless(picture, CancellationToken.None);

        using var read = Draw.Read(file.Bytes.ToArray());
        for (var i = 0; i < 37 * 23; i++)
        {
            var (x, y) = (i % 37, i / 37);
            Assert.Equal(Draw.At(picture, x, y).A, Draw.At(read, x, y).A);
            Assert.True(Draw.At(picture, x, y).A == 0 || Draw.At(picture, x, y) == Draw.At(read, x, y));
        }
    }

    [Fact]
    public void Jpeg_and_webp_say_that_they_are_srgb()
    {
        using var picture = Draw.Noise(16, 16, 5);
        using var jpeg = PictureEncoder.Jpeg(picture, BackgroundColour.White, 90, CancellationToken.None);
        using var lossy = PictureEncoder.WebP(picture, 90, CancellationToken.None);
        using var lossless = PictureEncoder.WebPLossless(picture, CancellationToken.None);

        Assert.True(jpeg.Bytes.Span.IndexOf("ICC_PROFILE\0"u8) > 0);
        Assert.True(lossy.Bytes.Span.IndexOf("ICCP"u8) > 0);
        Assert.True(lossless.Bytes.Span.IndexOf("ICCP"u8) > 0);
    }

    [Fact]
    public void A_jpeg_of_a_cut_out_without_a_colour_is_over_white_and_never_black()
    {
        using var picture = Draw.Of(16, 16, (_, _) => (0, 0, 0, 0));

        using var file = PictureEncoder.Jpeg(picture, default, 90, CancellationToken.None);

        using var read = Draw.Read(file.Bytes.ToArray());
        Assert.Equal((255, 255, 255, 255), Draw.At(read, 8, 8));
    }

    [Fact]
    public void A_zip_has_colour_then_alpha_stored_as_they_are()
    {
        using var picture = Draw.Of(48, 32, (x, _) => (220, 120, 20, x < 24 ? 0 : 255));

        using var file = ZipEncoder.Zip(picture, 90, CancellationToken.None);
        using var again = ZipEncoder.Zip(picture, 90, CancellationToken.None);

        Assert.Equal(file.Bytes.ToArray(), again.Bytes.ToArray());
        using var archive = new ZipArchive(new MemoryStream(file.Bytes.ToArray()));
        Assert.Equal(["color.jpg", "alpha.png"], archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.Equal(0, BinaryPrimitives.ReadUInt16LittleEndian(file.Bytes.Span[8..]));
        using var colour = Draw.Read(Content(archive.Entries[0]));
        using var alpha = Draw.Read(Content(archive.Entries[1]));
        Assert.Equal((48, 32, 48, 32), (colour.Width, colour.Height, alpha.Width, alpha.Height));
        Assert.InRange(Draw.At(colour, 4, 4).R, 216, 224);
        Assert.Equal((0, 255), (Draw.At(alpha, 4, 4).R, Draw.At(alpha, 40, 4).R));
    }

    [Fact]
    public void A_file_is_gone_after_disposal()
    {
        using var picture = Draw.Gradient(4, 4);
        var file = PictureEncoder.Png(picture, CancellationToken.None);
        file.Dispose();
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => file.Bytes.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Refuses_qualities_that_cannot_be(int quality)
    {
        using var picture = Draw.Gradient(4, 4);

        Assert.Throws<ArgumentOutOfRangeException>(() => PictureEncoder.Jpeg(picture, BackgroundColour.White, quality, CancellationToken.None));
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var picture = Draw.Gradient(4, 4);

        Assert.Throws<OperationCanceledException>(() => PictureEncoder.Png(picture, new CancellationToken(canceled: true)));
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
