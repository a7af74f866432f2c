using NeuralMask.Api.Tests.Fixtures;
using NeuralMask.Api.Tests.RemoveBg;
using NeuralMask.Testing;

namespace NeuralMask.Api.Tests.Models;

/// <summary>The service with the model that it has by default, on photographs, over HTTP.</summary>
public sealed class RealModelTests(RealFront real) : IClassFixture<RealFront>
{
    private const int Half = 128;

    public static IEnumerable<TheoryDataRow<string>> Photos =>
        TestData.Pictures is { } folder
            ? Directory.EnumerateFiles(Path.Combine(folder, "photos")).Select(Path.GetFileName).Order().Select(name => new TheoryDataRow<string>(name!))
            : [new TheoryDataRow<string>("")];

    [Theory]
    [MemberData(nameof(Photos))]
    public async Task A_photo_keeps_its_size_and_a_part_of_itself(string name)
    {
        var photo = await Picture("photos", name);
        var cutout = (await real.Client.Process(photo)).Png();

        Assert.Equal(Displayed(photo), (cutout.Width, cutout.Height));
        var kept = cutout.All().Count(pixel => pixel.A >= Half) / (double)(cutout.Width * cutout.Height);
        Assert.InRange(kept, 0.02, 0.95);
        Assert.DoesNotContain(cutout.All(), pixel => pixel.A == 0 && pixel != default);
    }

    [Fact]
    public async Task The_bicycle_is_cut_out_as_the_networks_authors_do()
    {
        var cutout = (await real.Client.Process(await Picture("photos", "bike.jpeg"))).Png();
        var published = Seen.Png(await Picture("mattes", "bike-isnet-reference.png"));

        Assert.Equal((published.Width, published.Height), (cutout.Width, cutout.Height));
        var overlap = Overlap(cutout.All().Select(pixel => pixel.A), published.All().Select(pixel => pixel.R));
        TestContext.Current.SendDiagnosticMessage("bicycle: intersection over union {0:F4}", overlap);
        Assert.True(overlap >= 0.95, $"the intersection over union is {overlap:F4}");
    }

    [Fact]
    public async Task The_lemurs_fur_is_near_its_known_alpha()
    {
        var cutout = (await real.Client.Process(await Picture("mattes", "lemur.png"))).Png();
        var known = Seen.Png(await Picture("mattes", "lemur_alpha.png"));

        Assert.Equal((known.Width, known.Height), (cutout.Width, cutout.Height));
        var error = cutout.All().Zip(known.All(), (a, b) => Math.Abs(a.A - b.R)).Average() / 255;
        TestContext.Current.SendDiagnosticMessage("lemur: mean error of alpha {0:F4}", error);
        Assert.True(error <= 0.03, $"the mean error of alpha is {error:F4}");
    }

    [Fact]
    public async Task A_png_is_near_the_one_that_remove_bg_gave()
    {
        var cutout = (await real.Client.RemoveBg(await Picture("removebg", "person-in-field.jpg"), "size=auto", "format=png")).Png();
        var recorded = Seen.Png(await Picture("removebg", "person-in-field.result.png"));

        Assert.Equal((recorded.Width, recorded.Height), (cutout.Width, cutout.Height));
        var overlap = Overlap(cutout.All().Select(pixel => pixel.A), recorded.All().Select(pixel => pixel.A));
        TestContext.Current.SendDiagnosticMessage("remove.bg's PNG: intersection over union {0:F4}", overlap);
        Assert.True(overlap >= 0.96, $"the intersection over union is {overlap:F4}");
    }

    [Fact]
    public async Task A_zip_is_laid_out_as_the_one_that_remove_bg_gave()
    {
        var answer = (await real.Client.RemoveBg(await Picture("removebg", "person-in-field.jpg"), "size=auto", "format=zip")).Good();
        var (colour, alpha) = AnswerTests.ZipParts(answer.Body);
        var (recordedColour, recordedAlpha) = Unzip(await Picture("removebg", "person-in-field.result.zip"));

        Assert.Equal(Files.PngKind(recordedAlpha), Files.PngKind(alpha));
        var (matte, recorded) = (Seen.Png(alpha), Seen.Png(recordedAlpha));
        Assert.Equal((recorded.Width, recorded.Height), (matte.Width, matte.Height));
        Assert.Equal(Size(Seen.Jpeg(recordedColour)), Size(Seen.Jpeg(colour)));
        var overlap = Overlap(matte.All().Select(pixel => pixel.R), recorded.All().Select(pixel => pixel.R));
        TestContext.Current.SendDiagnosticMessage("remove.bg's ZIP: intersection over union {0:F4}", overlap);
        Assert.True(overlap >= 0.96, $"the intersection over union is {overlap:F4}");
    }

    private static async Task<byte[]> Picture(string folder, string name)
    {
        Assert.SkipWhen(TestData.Pictures is null, TestData.PicturesMissing);
        return await File.ReadAllBytesAsync(Path.Combine(TestData.Pictures!, folder, name), TestContext.Current.CancellationToken);
    }

    private static (int Width, int Height) Displayed(byte[] photo)
    {
        using var data = SkiaSharp.SKData.CreateCopy(photo);
        using var codec = SkiaSharp.SKCodec.Create(data);
        var turned = codec.EncodedOrigin >= SkiaSharp.SKEncodedOrigin.LeftTop;
        return turned ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
    }

    private static (int Width, int Height) Size(Seen picture) => (picture.Width, picture.Height);

    private static double Overlap(IEnumerable<int> first, IEnumerable<int> second)
    {
        var (both, either) = (0, 0);
        foreach (var (a, b) in first.Zip(second, (a, b) => (a >= Half, b >= Half)))
        {
            both += a && b ? 1 : 0;
            either += a || b ? 1 : 0;
        }

        return both / (double)either;
    }

    private static (byte[] Colour, byte[] Alpha) Unzip(byte[] zip)
    {
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip));
        byte[] Read(string name)
        {
            using var content = new MemoryStream();
            using var stream = archive.GetEntry(name)!.Open();
            stream.CopyTo(content);
            return content.ToArray();
        }

        return (Read("color.jpg"), Read("alpha.png"));
    }
}

/// <summary>One service with the default model's weights for all of these tests, which are skipped without them.</summary>
public sealed class RealFront : IAsyncLifetime
{
    private Front? _front;

    internal HttpClient Client
    {
        get
        {
            Assert.SkipWhen(_front is null, TestData.Weights("isnet-fp16.onnx") is null ? TestData.ModelsMissing : TestData.PicturesMissing);
            return _front!.Client;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (TestData.Weights("isnet-fp16.onnx") is { } weights && TestData.Pictures is not null)
        {
            // How good a cut-out is does not depend on how busy the machine is.
            _front = await Front.Start(
                $"NeuralMask:ModelPath={Path.GetDirectoryName(weights)}",
                "NeuralMask:DeadlineSeconds=600",
                "NeuralMask:RemoveBgDeadlineSeconds=600");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_front is not null)
        {
            await _front.DisposeAsync();
        }
    }
}
