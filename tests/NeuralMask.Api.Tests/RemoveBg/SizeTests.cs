using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.RemoveBg;

/// <summary>The size tiers: at most so many pixels, the same shape, never larger than what was sent.</summary>
public sealed class SizeTests(SharedFront shared)
{
    private readonly HttpClient _client = shared.Client;

    [Theory]
    [InlineData(1200, 800, null, 250_000)]
    [InlineData(1200, 800, "preview", 250_000)]
    [InlineData(800, 1200, "small", 250_000)]
    [InlineData(1201, 799, "regular", 250_000)]
    [InlineData(2000, 1500, "medium", 1_500_000)]
    [InlineData(2500, 2000, "hd", 4_000_000)]
    [InlineData(4000, 3000, "full", 10_000_000)]
    public async Task A_larger_picture_is_shrunk_to_the_tier(int width, int height, string? size, long most)
    {
        var disc = new Disc(width, height, width / 3, height / 2, Math.Min(width, height) / 5);
        var answer = await _client.RemoveBg(disc.Jpeg(), size is null ? [] : [$"size={size}"]);
        var cutout = answer.Png();

        Assert.Equal((answer.Number("X-Width"), answer.Number("X-Height")), (cutout.Width, cutout.Height));
        Assert.InRange((long)cutout.Width * cutout.Height, most * 98 / 100, most);
        Assert.InRange(cutout.Width * (double)height / width, cutout.Height - 1, cutout.Height + 1);
        Assert.Equal((width, height), (answer.Number("X-Max-Width"), answer.Number("X-Max-Height")));

        // The box is told in the pixels of what was sent.
        var slack = 3 + (Math.Max(width, height) / 64);
        Assert.InRange(answer.Number("X-Foreground-Left"), disc.X - disc.Radius - slack, disc.X - disc.Radius + slack);
        Assert.InRange(answer.Number("X-Foreground-Top"), disc.Y - disc.Radius - slack, disc.Y - disc.Radius + slack);
        Assert.InRange(answer.Number("X-Foreground-Width"), (2 * disc.Radius) - (2 * slack), (2 * disc.Radius) + (2 * slack));
        Assert.InRange(answer.Number("X-Foreground-Height"), (2 * disc.Radius) - (2 * slack), (2 * disc.Radius) + (2 * slack));
    }

    [Theory]
    [InlineData("preview")]
    [InlineData("medium")]
    [InlineData("hd")]
    [InlineData("full")]
    [InlineData("4k")]
    [InlineData("auto")]
    [InlineData("50MP")]
    public async Task A_smaller_picture_is_never_enlarged(string size)
    {
        var disc = Drawn.Middle(300, 200);
        var answer = await _client.RemoveBg(disc.Png(), $"size={size}");

        disc.IsKeptIn(answer.Png());
        Assert.Equal((300, 200), (answer.Number("X-Width"), answer.Number("X-Height")));
        Assert.Equal((300, 200), (answer.Number("X-Max-Width"), answer.Number("X-Max-Height")));
    }

    [Fact]
    public async Task Only_a_png_is_held_to_ten_megapixels()
    {
        var answer = await _client.RemoveBg(Drawn.Middle(4000, 3000).Jpeg(), "size=full", "format=jpg");

        Assert.Equal((4000, 3000), (answer.Jpeg().Width, answer.Number("X-Height")));
    }

    [Fact]
    public async Task A_photo_that_lies_on_its_side_is_measured_upright()
    {
        var answer = (await _client.RemoveBg(Files.WithOrientation(new Disc(1200, 800, 300, 200, 150).Jpeg(), 6))).Good();

        Assert.Equal((800, 1200), (answer.Number("X-Max-Width"), answer.Number("X-Max-Height")));
        Assert.True(answer.Number("X-Width") < answer.Number("X-Height"));
        Assert.InRange(answer.Number("X-Foreground-Left"), 430, 470);
        Assert.InRange(answer.Number("X-Foreground-Top"), 130, 170);
    }
}
