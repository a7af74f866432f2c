namespace NeuralMask.Imaging.Tests;

[Collection(nameof(Alone))]
public sealed class ProportionTests
{
    [Fact]
    public void Many_pixels_in_few_bytes_are_refused()
    {
        var png = PngFile.File([("IHDR", PngFile.Header(7_000, 7_000, PngFile.Rgba, 8)), ("IDAT", new byte[64]), ("IEND", [])]);

        AssertRefused(PictureFault.OutOfProportion, png, Draw.Limits);
    }

    [Fact]
    public void Evenly_coloured_pictures_pass_in_every_format()
    {
        using var page = Draw.Of(4000, 3000, (_, _) => (255, 255, 255, 255));
        foreach (var file in new[] { Draw.Jpeg(page), Draw.Png(page), Draw.WebP(page), Draw.WebP(page, 80) })
        {
            Assert.Equal(12_000_000, PictureHeader.Read(file, Draw.Limits).Pixels);
        }
    }

    [Fact]
    public void A_scanned_white_page_of_one_bit_passes()
    {
        var row = new byte[5_000 / 8];
        Array.Fill(row, (byte)0xFF);

        var file = PngFile.Write(5_000, 7_000, PngFile.Grey, 1, [.. Enumerable.Repeat(row, 7_000)]);

        Assert.Equal(35_000_000, PictureHeader.Read(file, Draw.Limits).Pixels);
    }

    [Fact]
    public void Segments_of_metadata_are_refused_beyond_the_limit()
    {
        using var picture = Draw.Gradient(16, 16);
        var file = Enumerable.Range(0, 700).Aggregate(
            new List<byte>(Draw.Jpeg(picture)[..2]), (list, _) => { list.AddRange([0xFF, 0xE5, 0xFF, 0xFF, .. new byte[0xFFFD]]); return list; });
        byte[] whole = [.. file, .. Draw.Jpeg(picture).AsSpan(2)];

        AssertRefused(PictureFault.TooMuchMetadata, whole, Draw.Limits);
        Assert.Equal(16, PictureHeader.Read(whole, Draw.Limits with { MaxMetadataBytes = 50_000_000 }).StoredWidth);
    }

    [Fact]
    public void Chunks_of_metadata_are_refused_beyond_the_limit()
    {
        using var picture = Draw.Gradient(16, 16);
        var png = PngFile.Chunks(Draw.Png(picture));
        var limits = Draw.Limits with { MaxMetadataBytes = 1000 };
        foreach (var type in new[] { "iCCP", "zTXt", "tEXt", "eXIf", "prVt" })
        {
            AssertRefused(PictureFault.TooMuchMetadata, PngFile.File([png[0], (type, new byte[1001]), .. png.Skip(1)]), limits);
        }

        AssertRefused(PictureFault.TooMuchMetadata, WebPFile.WithMetadata(Draw.WebP(picture), 16, 16, new byte[1001]), limits);
        byte[] gif = GifFile.Write(1, 1, [(1, 2, 3)], new GifFile.Frame(0, 0, 1, 1, (_, _) => 0));
        byte[] comment = [0x21, 0xFE, .. Enumerable.Range(0, 5).SelectMany(_ => (byte[])[255, .. new byte[255]]), 0];
        AssertRefused(PictureFault.TooMuchMetadata, [.. gif.AsSpan(0, 13 + 384), .. comment, .. gif.AsSpan(13 + 384)], limits);
    }

    [Fact]
    public void Text_that_inflates_without_end_costs_no_memory()
    {
        var (type, data) = PngFile.Profile(new byte[7_000_000]);
        Assert.Equal("iCCP", type);
        var png = PngFile.Chunks(PngFile.Write(1, 1, PngFile.Grey, 8, [[9]]));
        var file = PngFile.File([png[0], .. Enumerable.Repeat(("zTXt", data), 10), ("iCCP", data), .. png.Skip(1)]);
        Draw.Read(file).Dispose();
        var before = ProcessMemory.Resident;

        Draw.Read(file).Dispose();

        Assert.InRange(ProcessMemory.Resident - before, long.MinValue, 50_000_000);
        AssertRefused(PictureFault.TooMuchMetadata, PngFile.File([png[0], .. Enumerable.Repeat(("zTXt", data), 160), .. png.Skip(1)]), Draw.Limits);
    }

    [Fact]
    public void Endless_scans_are_refused_and_ordinary_ones_pass()
    {
        var file = PlainJpeg.Colour(16, 16, (x, y) => (x, y, 9)) with { Progressive = true };

        Assert.Equal(16, PictureHeader.Read((file with { ExtraScans = 60 }).ToBytes(), Draw.Limits).StoredWidth);
        AssertRefused(PictureFault.OutOfProportion, (file with { ExtraScans = 200 }).ToBytes(), Draw.Limits);
    }

    [Fact]
    public void Frames_are_limited_before_anything_is_decoded()
    {
        using var picture = Draw.Gradient(8, 6);
        var still = PngFile.Chunks(Draw.Png(picture));
        var limits = Draw.Limits with { MaxFrames = 3 };
        var gif = GifFile.Write(1, 1, [(1, 2, 3)], [.. Enumerable.Repeat(new GifFile.Frame(0, 0, 1, 1, (_, _) => 0), 4)]);

        AssertRefused(PictureFault.TooManyFrames, WebPFile.Animate(8, 6, [.. Enumerable.Repeat(Draw.WebP(picture), 4)]), limits);
        AssertRefused(PictureFault.TooManyFrames, PngFile.File([still[0], ("acTL", [0, 0, 0, 4, 0, 0, 0, 0]), .. still.Skip(1)]), limits);
        AssertRefused(PictureFault.TooManyFrames, gif, limits);
        Assert.Equal(4, PictureHeader.Read(gif, Draw.Limits).Frames);
    }

    [Fact]
    public void A_bomb_of_a_few_kilobytes_costs_no_memory()
    {
        var bomb = PngFile.File([("IHDR", PngFile.Header(50_000, 50_000, PngFile.Rgba, 8)), ("IDAT", new byte[4_000]), ("IEND", [])]);
        AssertRefused(PictureFault.TooManyPixels, bomb, Draw.Limits);
        var before = ProcessMemory.Resident;

        for (var i = 0; i < 20; i++)
        {
            AssertRefused(PictureFault.TooManyPixels, bomb, Draw.Limits);
        }

        Assert.InRange(ProcessMemory.Resident - before, long.MinValue, 50_000_000);
    }

    private static void AssertRefused(PictureFault fault, byte[] file, PictureLimits limits) =>
        Assert.Equal(fault, Assert.Throws<PictureException>(() => PictureHeader.Read(file, limits)).Fault);
}
