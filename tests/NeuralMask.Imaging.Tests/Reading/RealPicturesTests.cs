namespace NeuralMask.Imaging.Tests;

public sealed class RealPicturesTests
{
    [Fact]
    public async Task Every_photo_decodes_to_its_displayed_size()
    {
        foreach (var path in Directory.EnumerateFiles(TestData.Folder("photos")))
        {
            var file = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var header = PictureHeader.Read(file, Draw.Limits);

            using var picture = PictureDecoder.Decode(file, header, CancellationToken.None);

            Assert.Equal((header.DisplayedWidth, header.DisplayedHeight), (picture.Width, picture.Height));
            Assert.True(picture.IsOpaque == !header.HasAlpha || header.HasAlpha, path);
        }
    }

    [Fact]
    public async Task A_recorded_matte_gives_the_recorded_cut_out_back()
    {
        var folder = TestData.Folder("removebg");
        var file = await File.ReadAllBytesAsync(Path.Combine(folder, "person-in-field.result.png"), TestContext.Current.CancellationToken);
        using var recorded = Draw.Read(file);
        using var photo = Draw.Read(await File.ReadAllBytesAsync(Path.Combine(folder, "person-in-field.jpg"), TestContext.Current.CancellationToken));
        var alpha = new byte[recorded.Width * recorded.Height];
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = recorded.Pixels[(i * 4) + 3];
        }

        MatteLayer.Apply(
            photo, new Mask(alpha, recorded.Width, recorded.Height), CanvasPlacement.Whole(recorded.Width, recorded.Height), CancellationToken.None);

        for (var i = 0; i < alpha.Length; i++)
        {
            Assert.Equal(alpha[i], photo.Pixels[(i * 4) + 3]);
            if (alpha[i] == 255)
            {
                Assert.InRange(photo.Pixels[i * 4] - recorded.Pixels[i * 4], -12, 12);
            }
        }
    }
}
