using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class SixteenBitTests
{
    // Samples of a pixel by colour type, and where red, green, blue and alpha are among them; −1 is full.
    private static readonly (byte Type, int Samples, int[] From)[] Types =
        [(PngFile.Grey, 1, [0, 0, 0, -1]), (PngFile.GreyAlpha, 2, [0, 0, 0, 1]), (PngFile.Rgb, 3, [0, 1, 2, -1]), (PngFile.Rgba, 4, [0, 1, 2, 3])];

    [Fact]
    public void Sixteen_bits_of_every_type_are_rounded_and_neither_cut_nor_clipped()
    {
        foreach (var (type, samples, from) in Types)
        {
            for (var start = 0; start < 1 << 16; start += 256)
            {
                int Value(int x, int sample) => (start + x + (sample * 17_777)) & 0xFFFF;
                var row = Enumerable.Range(0, 256).SelectMany(x => Enumerable.Range(0, samples).SelectMany(s => Word(Value(x, s))));

                using var read = Draw.Read(PngFile.Write(256, 1, type, 16, [[.. row]]));

                for (var i = 0; i < 256 * 4; i++)
                {
                    var sample = from[i % 4];
                    Assert.Equal(sample < 0 ? 255 : (byte)Math.Round(Value(i / 4, sample) / 257.0), read.Pixels[i]);
                }
            }
        }
    }

    [Fact]
    public void Sixteen_bits_are_read_interlaced_at_every_size()
    {
        foreach (var (width, height, kind) in Cases.Of(Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[0, 3])))
        {
            var (type, samples, _) = Types[kind];
            byte[] Pixel(int x, int y) => [.. Enumerable.Range(0, samples).SelectMany(s => Word((x * 3001) + (y * 977) + (s * 111)))];
            var straight = PngFile.Write(width, height, type, 16, [.. Enumerable.Range(0, height).Select(y => Enumerable.Range(0, width).SelectMany(x => Pixel(x, y)).ToArray())]);

            using var expected = Draw.Read(straight);
            using var read = Draw.Read(PngFile.Interlaced(width, height, type, 16, Pixel));

            Assert.Equal(expected.Pixels, read.Pixels);
        }
    }

    [Fact]
    public void Sixteen_bits_are_read_whatever_filter_the_rows_have()
    {
        // Written by the codec from floats, which makes a file of 16 bits with a filter for each row.
        using var picture = Draw.Gradient(50, 40);
        var file = Draw.WidePng(picture);
        Assert.True(PictureHeader.Read(file, Draw.Limits).HasSixteenBits);

        using var read = Draw.Read(file);

        Assert.Equal(picture.Pixels, read.Pixels);
    }

    [Fact]
    public void The_transparent_colour_is_compared_with_all_sixteen_bits()
    {
        var grey = PngFile.Write(2, 1, PngFile.Grey, 16, [[1, 2, 1, 3]], ("tRNS", [1, 2]));
        var colour = PngFile.Write(2, 1, PngFile.Rgb, 16, [[1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 7]], ("tRNS", [1, 2, 3, 4, 5, 6]));

        foreach (var file in new[] { grey, colour })
        {
            using var read = Draw.Read(file);

            Assert.Equal((0, 255), (Draw.At(read, 0, 0).A, Draw.At(read, 1, 0).A));
        }
    }

    [Fact]
    public void Profiles_hold_for_sixteen_bits()
    {
        var wide = PngFile.Write(
            1, 1, PngFile.Rgb, 16, [[.. Word(200 * 257), .. Word(120 * 257), .. Word(60 * 257)]], PngFile.Profile(RgbSpace.DisplayP3.Profile()));
        var expected = RgbSpace.DisplayP3.ToSrgb(200, 120, 60);
        using var colour = Draw.Read(wide);
        using var grey = Draw.Read(PngFile.Write(1, 1, PngFile.Grey, 16, [[128, 128]], PngFile.Profile(IccFile.Grey(1))));

        var (r, g, b, _) = Draw.At(colour, 0, 0);
        Assert.InRange(r - expected[0], -1, 1);
        Assert.InRange(g - expected[1], -1, 1);
        Assert.InRange(b - expected[2], -1, 1);
        Assert.InRange(Draw.At(grey, 0, 0).R, 187, 189);
    }

    [Fact]
    public void Damage_within_sixteen_bits_is_found()
    {
        using var picture = Draw.Noise(60, 50, 4);
        var file = Draw.WidePng(picture);
        var chunks = PngFile.Chunks(file);
        var pixels = chunks.FindIndex(chunk => chunk.Type == "IDAT");
        chunks[pixels].Data[^1] ^= 1;

        Assert.Equal(PictureFault.Damaged, Assert.Throws<PictureException>(() => Draw.Read(PngFile.File(chunks)).Dispose()).Fault);
        Assert.Equal(PictureFault.Damaged, Assert.Throws<PictureException>(() => Draw.Read(file[..(file.Length / 2)]).Dispose()).Fault);
    }

    [Fact]
    public void More_than_rows_is_no_damage()
    {
        var file = PngFile.Write(1, 1, PngFile.Grey, 16, [[128, 128], [0, 0]]);

        using var read = Draw.Read(file);

        Assert.Equal((128, 128, 128, 255), Draw.At(read, 0, 0));
    }

    private static byte[] Word(int value) => [(byte)(value >> 8), (byte)value];
}
