namespace NeuralMask.Imaging.Tests;

// The peak is the process's, so that nothing may run beside these.
[Collection(nameof(Alone))]
public sealed class DecodingMemoryTests
{
    private const int Width = 3000;
    private const int Height = 2000;
    private const double MostBytesPerPixel = 10;

    // Row buffers, tables and the collector's own.
    private const long Slack = 12_000_000;

    public static TheoryData<string> Kinds => ["JPEG", "JPEG turned", "PNG", "PNG turned", "PNG of 16 bits", "WebP lossless", "WebP lossy", "WebP turned"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decoding_and_the_picture_stay_within_ten_bytes_a_pixel_and_within_what_the_header_says(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && ProcessMemory.ResetPeak(), "The system does not measure a peak anew.");
        var file = Make(kind);
        Draw.Read(file).Dispose();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ProcessMemory.ResetPeak();
        var before = ProcessMemory.Resident;

        var header = PictureHeader.Read(file, Draw.Limits);
        PictureDecoder.Decode(file, header, CancellationToken.None).Dispose();

        var peak = ProcessMemory.Peak - before;
        Assert.InRange(header.DecodingBytes, 4 * Width * Height, (long)(MostBytesPerPixel * Width * Height));
        Assert.True(peak <= header.DecodingBytes + Slack, $"{kind} took {(double)peak / (Width * Height):0.0} bytes a pixel, {header.DecodingBytes / (Width * Height)} were said.");
    }

    [Fact]
    public void What_a_codec_holds_beside_the_picture_is_counted()
    {
        var progressive = PlainJpeg.Colour(64, 32, (x, y) => (x, y, 9)) with { Progressive = true };

        // Two bytes for each coefficient of three components of full resolution.
        Assert.Equal(64 * 32 * (4 + 6), PictureHeader.Read(progressive.ToBytes(), Draw.Limits).DecodingBytes);
        Assert.Equal(64 * 32 * (4 + 6), PictureHeader.Read((progressive with { Progressive = false, Apart = true }).ToBytes(), Draw.Limits).DecodingBytes);
        Assert.Equal(64 * 32 * 4, PictureHeader.Read((progressive with { Progressive = false }).ToBytes(), Draw.Limits).DecodingBytes);
        Assert.Equal(13 * 11 * 8, PictureHeader.Read(PngFile.Interlaced(13, 11, PngFile.Rgb, 8, (_, _) => [1, 2, 3]), Draw.Limits).DecodingBytes);
    }

    private static byte[] Make(string kind)
    {
        using var picture = Draw.Of(Width, Height, (x, y) => ((x * y / 97) & 255, (x + y) & 255, x & 255, kind.StartsWith("PNG", StringComparison.Ordinal) ? y & 255 : 255));
        switch (kind)
        {
            case "JPEG":
                return Draw.Jpeg(picture);
            case "JPEG turned":
                return JpegFile.WithOrientation(Draw.Jpeg(picture), 6);
            case "PNG turned":
                var chunks = PngFile.Chunks(Draw.FastPng(picture));
                return PngFile.File([chunks[0], ("eXIf", JpegFile.Exif(8)), .. chunks.Skip(1)]);
            case "PNG of 16 bits":
                return Draw.WidePng(picture);
            case "WebP lossless":
                return Draw.WebP(picture);
            case "WebP lossy":
                return Draw.WebP(picture, 50);
            case "WebP turned":
                return WebPFile.WithOrientation(Draw.WebP(picture, 50), Width, Height, 5);
            default:
                return Draw.FastPng(picture);
        }
    }
}
