namespace NeuralMask.Imaging.Tests;

/// <summary>Whole files of every format that is read, and of most of what there is within each, to be damaged.</summary>
internal static class Corpus
{
    private const long LargestRealFile = 400_000;

    private static readonly string[] Folders = ["photos", "mattes", "removebg"];

    /// <summary>Small files made here, and real pictures where the test data is.</summary>
    public static IReadOnlyList<byte[]> Files()
    {
        using var noise = Draw.Noise(40, 30, 6);
        using var smooth = Draw.Gradient(40, 30);
        var colour = PlainJpeg.Colour(40, 30, (x, y) => (x * 6, y * 8, 99));
        var inks = PlainJpeg.Inks(24, 16, (x, y) => (x * 10, y * 15, 70, x + y), transformed: true);
        var palette = ("PLTE", new byte[] { 10, 20, 30, 40, 50, 60, 70, 80, 90 });
        return
        [
            JpegFile.WithOrientation(JpegFile.WithProfile(Draw.Jpeg(smooth), RgbSpace.DisplayP3.Profile()), 6),
            Draw.Jpeg(noise),
            colour.ToBytes(),
            (colour with { Progressive = true, ExtraScans = 3 }).ToBytes(),
            new PlainJpeg(24, 16, (x, y) => x * y).ToBytes(),
            inks.ToBytes(),
            (inks with { Progressive = true }).ToBytes(),
            JpegFile.WithProfile(inks.ToBytes(), IccFile.Press(50, 20, -20)),
            Draw.Png(smooth),
            Draw.WidePng(noise),
            PngFile.Interlaced(13, 11, PngFile.Rgba, 16, (x, y) => [(byte)x, 1, (byte)y, 2, 3, 4, 5, 6]),
            PngFile.Interlaced(13, 11, PngFile.Rgb, 8, (x, y) => [(byte)x, (byte)y, 3]),
            PngFile.Write(3, 1, PngFile.Palette, 8, [[0, 1, 2]], palette, ("tRNS", [0, 128]), ("eXIf", JpegFile.Exif(5))),
            PngFile.Write(9, 2, PngFile.Grey, 1, [[0xAA, 0x80], [0x55, 0]], PngFile.Profile(IccFile.Grey(1.8))),
            PngFile.Write(2, 2, PngFile.GreyAlpha, 8, [[1, 2, 3, 4], [5, 6, 7, 8]], ("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), ("fcTL", new byte[26])),
            Draw.WebP(smooth),
            Draw.WebP(noise, 80),
            WebPFile.WithOrientation(Draw.WebP(noise, 60), 40, 30, 8),
            WebPFile.Animate(40, 30, Draw.WebP(smooth), Draw.WebP(noise), Draw.WebP(smooth, 50)),
            GifFile.Write(8, 6, [(1, 2, 3), (4, 5, 6), (7, 8, 9)], new GifFile.Frame(1, 1, 5, 4, (x, _) => x % 3) { Transparent = 2 }, new GifFile.Frame(0, 0, 8, 6, (_, y) => y % 3)),
            BmpFile.Write(5, 24, [.. Enumerable.Repeat(new byte[15], 4)]),
            BmpFile.WithAlpha(3, [new byte[12], new byte[12]]),
            BmpFile.Write(9, 8, [.. Enumerable.Repeat(new byte[9], 3)], 1, 2, 3, 0, 4, 5, 6, 0),
            BmpFile.Write(9, 4, [.. Enumerable.Repeat(new byte[5], 3)], 1, 2, 3, 0, 4, 5, 6, 0),
            BmpFile.Runs(8, 8, [1, 2, 3, 0, 4, 5, 6, 0], [8, 1, 0, 0, 3, 0, 0, 2, 2, 2, 0, 3, 0, 1, 0, 0, 4, 1, 0, 1]),
            .. Real(),
        ];
    }

    private static IEnumerable<byte[]> Real() =>
        Environment.GetEnvironmentVariable("NEURALMASK_TEST_DATA") is { Length: > 0 } root && Directory.Exists(root)
            ? Folders
                .Select(folder => Path.Combine(root, folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder))
                .Where(path => new FileInfo(path).Length <= LargestRealFile && FileSignature.Sniff(File.ReadAllBytes(path)).Format is not null)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
            : [];
}
