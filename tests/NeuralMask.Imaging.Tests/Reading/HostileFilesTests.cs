namespace NeuralMask.Imaging.Tests;

public sealed class HostileFilesTests
{
    [Fact]
    public void Whatever_is_sent_gives_a_picture_or_a_refusal()
    {
        using var picture = Draw.Noise(40, 30, 6);
        using var smooth = Draw.Gradient(40, 30);
        byte[][] files =
        [
            JpegFile.WithOrientation(JpegFile.WithProfile(Draw.Jpeg(smooth), RgbSpace.DisplayP3.Profile()), 6),
            Draw.Jpeg(picture), Draw.Png(smooth), Draw.WebP(smooth), Draw.WebP(picture, 80),
            WebPFile.Animate(40, 30, Draw.WebP(smooth), Draw.WebP(picture)),
            PngFile.Write(3, 1, PngFile.Palette, 8, [[0, 1, 2]], ("PLTE", [10, 20, 30, 40, 50, 60, 70, 80, 90]), ("tRNS", [0, 128]), ("eXIf", JpegFile.Exif(5))),
        ];
        var dice = new Random(20);
        var limits = new PictureLimits { MaxPixels = 1_000_000 };
        for (var round = 0; round < 700; round++)
        {
            var file = Mutate([.. files[round % files.Length]], dice);
            try
            {
                using var read = PictureDecoder.Decode(file, PictureHeader.Read(file, limits), CancellationToken.None);
                Assert.InRange((long)read.Width * read.Height, 1, limits.MaxPixels);
            }
            catch (PictureException refusal)
            {
                Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Noise_is_no_picture()
    {
        var dice = new Random(21);
        for (var round = 0; round < 200; round++)
        {
            var noise = new byte[dice.Next(1, 300)];
            dice.NextBytes(noise);

            var refusal = Assert.Throws<PictureException>(() => PictureHeader.Read(noise, Draw.Limits));

            Assert.NotEqual(PictureFault.Empty, refusal.Fault);
        }
    }

    private static byte[] Mutate(byte[] file, Random dice)
    {
        for (var i = dice.Next(1, 12); i > 0; i--)
        {
            // Half of the damage goes to the headers, where it does the most.
            file[dice.Next(2) == 0 ? dice.Next(Math.Min(file.Length, 120)) : dice.Next(file.Length)] = (byte)dice.Next(256);
        }

        return dice.Next(4) == 0 ? file[..dice.Next(1, file.Length)] : file;
    }
}
