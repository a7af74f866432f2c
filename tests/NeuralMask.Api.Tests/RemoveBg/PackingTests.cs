using System.Text;
using System.Text.Json;
using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.RemoveBg;

/// <summary>The ways in which remove.bg's clients pack a picture and its parameters.</summary>
public sealed class PackingTests(SharedFront shared)
{
    private static readonly Disc Disc = Drawn.Middle(160, 120);

    private readonly HttpClient _client = shared.Client;

    [Fact]
    public async Task A_multipart_form_with_a_file()
    {
        Disc.IsKeptIn((await _client.RemoveBg(Disc.Jpeg())).Png());
    }

    [Theory]
    [InlineData("")]
    [InlineData("data:image/jpeg;base64,")]
    public async Task Base_64_in_an_urlencoded_form(string prefix)
    {
        Disc.IsKeptIn((await _client.Post("/v1.0/removebg", UrlEncoded(prefix + Convert.ToBase64String(Disc.Jpeg())))).Png());
    }

    [Theory]
    [InlineData("")]
    [InlineData("data:image/png;base64,")]
    public async Task Base_64_in_json(string prefix)
    {
        Disc.IsKeptIn((await _client.Post("/v1.0/removebg", Json(prefix + Convert.ToBase64String(Disc.Png())))).Png());
    }

    [Fact]
    public async Task Base_64_in_a_multipart_form()
    {
        var text = Convert.ToBase64String(Disc.Png(), Base64FormattingOptions.InsertLineBreaks);

        Disc.IsKeptIn((await _client.Post("/v1.0/removebg", Sent.Form([("image_file_b64", text)]))).Png());
    }

    [Fact]
    public async Task Base_64_of_several_megabytes()
    {
        var text = Convert.ToBase64String(Drawn.Noisy(1500, 1100));
        Assert.True(text.Length > 4 * 1024 * 1024);

        foreach (var content in new HttpContent[] { UrlEncoded(text), Json(text) })
        {
            var answer = (await _client.Post("/v1.0/removebg", content)).Good();

            Assert.Equal((1500, 1100), (answer.Number("X-Max-Width"), answer.Number("X-Max-Height")));
        }
    }

    [Fact]
    public async Task The_official_command_line_sends_every_field_it_knows_and_most_of_them_empty()
    {
        string[] empty =
        [
            "roi", "type", "type_level", "crop", "crop_margin", "scale", "position", "channels", "add_shadow",
            "semitransparency", "bg_color", "bg_image_url", "size", "format", "image_url", "image_file_b64",
        ];
        var form = Sent.Form(empty.Select(name => (name, "")), ("image_file", Disc.Jpeg()), ("bg_image_file", []));
        var answer = await _client.Post("/v1.0/removebg", form);

        Disc.IsKeptIn(answer.Png());
        Assert.Null(answer.Header("X-Ignored-Parameters"));
        Assert.Equal("other", answer.Header("X-Type"));
    }

    [Fact]
    public async Task Null_in_json_means_that_nothing_was_said()
    {
        var answer = await _client.Post("/v1.0/removebg", new StringContent(
            JsonSerializer.Serialize(new { image_file_b64 = Convert.ToBase64String(Disc.Png()), image_url = (string?)null, size = (string?)null, bg_color = "", crop = (bool?)null }),
            Encoding.UTF8,
            "application/json"));

        Disc.IsKeptIn(answer.Png());
        Assert.Null(answer.Header("X-Ignored-Parameters"));
    }

    public static IEnumerable<TheoryDataRow<string[]>> Pairs =>
    [
        new(["image_file", "image_file_b64"]),
        new(["image_file", "image_url"]),
        new(["image_file_b64", "image_url"]),
        new(["image_file", "image_file"]),
    ];

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Two_sources_are_one_too_many(string[] sources)
    {
        var fields = sources.Where(source => source != "image_file").Select(source => (source, source == "image_url" ? "https://example.org/a.png" : Convert.ToBase64String(Disc.Png())));
        var files = sources.Where(source => source == "image_file").Select(source => (source, Disc.Png()));

        (await _client.Post("/v1.0/removebg", Sent.Form(fields, [.. files]))).Error(400, "multiple_sources");
    }

    private static FormUrlEncodedContent UrlEncoded(string picture) => new([new("image_file_b64", picture), new("size", "preview"), new("format", "png")]);

    private static StringContent Json(string picture) =>
        new(JsonSerializer.Serialize(new { image_file_b64 = picture, size = "preview", format = "png" }), Encoding.UTF8, "application/json");
}
