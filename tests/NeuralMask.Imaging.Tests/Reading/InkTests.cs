namespace NeuralMask.Imaging.Tests;

public sealed class InkTests
{
    // What is shown for coated paper by programs that have a measured profile of it (FOGRA39); the model behind the
    // default knows the solids only, so that half-tones agree within a tenth.
    [Theory]
    [InlineData(0, 0, 0, 0, 255, 255, 255)]
    [InlineData(255, 0, 0, 0, 0, 159, 227)]
    [InlineData(0, 255, 0, 0, 230, 0, 126)]
    [InlineData(0, 0, 255, 0, 255, 237, 0)]
    [InlineData(0, 255, 255, 0, 227, 6, 19)]
    [InlineData(255, 0, 255, 0, 0, 150, 64)]
    [InlineData(255, 255, 0, 0, 49, 39, 131)]
    [InlineData(0, 0, 0, 255, 29, 29, 27)]
    [InlineData(0, 0, 0, 128, 157, 157, 156)]
    [InlineData(128, 0, 0, 0, 131, 208, 245)]
    [InlineData(0, 128, 0, 0, 241, 159, 194)]
    [InlineData(0, 128, 255, 0, 243, 146, 0)]
    [InlineData(255, 255, 255, 255, 0, 0, 0)]
    public void Cmyk_and_ycck_jpegs_without_a_profile_look_as_printed(int cyan, int magenta, int yellow, int black, int red, int green, int blue)
    {
        foreach (var transformed in new[] { false, true })
        {
            var (r, g, b, a) = Middle(PlainJpeg.Inks(16, 16, (_, _) => (cyan, magenta, yellow, black), transformed).ToBytes());

            Assert.InRange(r - red, -25, 25);
            Assert.InRange(g - green, -25, 25);
            Assert.InRange(b - blue, -25, 25);
            Assert.Equal(255, a);
        }
    }

    [Fact]
    public void Without_adobes_marker_zero_is_no_ink()
    {
        var marked = PlainJpeg.Inks(16, 16, (_, _) => (200, 30, 90, 10), transformed: false).ToBytes();
        var plain = new PlainJpeg(16, 16, (_, _) => 200, (_, _) => 30, (_, _) => 90, (_, _) => 10).ToBytes();

        var (r, g, b, _) = Middle(marked);
        var (red, green, blue, _) = Middle(plain);

        Assert.InRange(r - red, -2, 2);
        Assert.InRange(g - green, -2, 2);
        Assert.InRange(b - blue, -2, 2);
    }

    [Fact]
    public void A_profile_of_inks_is_obeyed()
    {
        // This colour of CIE Lab under D50 is the red of sRGB.
        var file = PlainJpeg.Inks(16, 16, (_, _) => (10, 20, 30, 40), transformed: true).ToBytes();

        var (r, g, b, _) = Middle(JpegFile.WithProfile(file, IccFile.Press(54.3, 80.8, 69.9)));

        Assert.InRange(r, 252, 255);
        Assert.InRange(g, 0, 12);
        Assert.InRange(b, 0, 12);
    }

    [Fact]
    public void A_profile_of_something_else_counts_as_none()
    {
        var file = PlainJpeg.Inks(16, 16, (_, _) => (255, 0, 0, 0), transformed: false).ToBytes();

        Assert.Equal(Middle(file), Middle(JpegFile.WithProfile(file, RgbSpace.DisplayP3.Profile())));
        Assert.Equal(Middle(file), Middle(JpegFile.WithProfile(file, [1, 2, 3, 4])));
    }

    [Fact]
    public void Inks_are_turned_upright_too()
    {
        var file = PlainJpeg.Inks(24, 8, (x, _) => (0, 0, 0, x < 8 ? 255 : 0), transformed: true).ToBytes();

        using var read = Draw.Read(JpegFile.WithOrientation(file, 6));

        Assert.Equal((8, 24), (read.Width, read.Height));
        Assert.True(Draw.At(read, 4, 2).R < 60 && Draw.At(read, 4, 20).R > 250);
    }

    [Fact]
    public void Progressive_inks_are_read()
    {
        var file = PlainJpeg.Inks(16, 16, (_, _) => (255, 255, 0, 0), transformed: true);

        Assert.Equal(Middle(file.ToBytes()), Middle((file with { Progressive = true }).ToBytes()));
    }

    private static (int R, int G, int B, int A) Middle(byte[] file)
    {
        using var read = Draw.Read(file);
        return Draw.At(read, 8, 8);
    }
}
