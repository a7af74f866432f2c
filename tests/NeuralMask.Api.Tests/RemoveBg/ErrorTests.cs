using System.Globalization;
using System.Text;
using System.Text.Json;
using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.RemoveBg;

/// <summary>Errors in the form and with the status that remove.bg's clients expect.</summary>
public sealed class ErrorTests(SharedFront shared)
{
    private static readonly Disc Disc = Drawn.Middle(160, 120);

    private readonly HttpClient _client = shared.Client;

    [Theory]
    [InlineData("size", "huge", "preview")]
    [InlineData("size", "Preview", "preview")]
    [InlineData("format", "gif", "zip")]
    [InlineData("channels", "rgb", "alpha")]
    [InlineData("bg_color", "no-colour", "CSS")]
    [InlineData("bg_color", "12345", "CSS")]
    public async Task A_value_that_a_parameter_does_not_take_is_named_with_those_it_does(string parameter, string value, string instead)
    {
        var detail = (await _client.RemoveBg(Disc.Png(), $"{parameter}={value}")).Error(400, $"invalid_{parameter}");

        Assert.Contains(parameter, detail, StringComparison.Ordinal);
        Assert.Contains(value, detail, StringComparison.Ordinal);
        Assert.Contains(instead, detail, StringComparison.Ordinal);
    }

    public static IEnumerable<TheoryDataRow<byte[], string, string>> BadPictures =>
    [
        new("Hello, this is no picture."u8.ToArray(), "failed_to_read_image", "text") { Label = "text" },
        new(Disc.Jpeg()[..1000], "failed_to_read_image", "cut off") { Label = "half a JPEG" },
        new(Files.Tiff, "invalid_file_type", "TIFF") { Label = "TIFF" },
        new(Files.PngClaiming(10_000, 6_000), "resolution_too_high", "60 megapixels") { Label = "60 megapixels" },
        new(Drawn.Empty(100, 80), "unknown_foreground", "subject") { Label = "no subject" },
    ];

    [Theory]
    [MemberData(nameof(BadPictures), DisableDiscoveryEnumeration = true)]
    public async Task A_picture_that_is_no_good_is_always_a_400(byte[] picture, string code, string says)
    {
        Assert.Contains(says, (await _client.RemoveBg(picture)).Error(400, code), StringComparison.Ordinal);

        var json = new StringContent(JsonSerializer.Serialize(new { image_file_b64 = Convert.ToBase64String(picture) }), Encoding.UTF8, "application/json");
        Assert.Contains(says, (await _client.Post("/v1.0/removebg", json)).Error(400, code), StringComparison.Ordinal);
    }

    public static IEnumerable<TheoryDataRow<string?, string>> WithoutPicture =>
    [
        new(null, ""),
        new("application/json", "{}"),
        new("application/json", """{"image_file_b64":""}"""),
        new("application/json", """{"image_file_b64":null}"""),
        new("application/x-www-form-urlencoded", ""),
        new("application/x-www-form-urlencoded", "image_file_b64=&size=full"),
        new("application/x-www-form-urlencoded", "image=abc"),
        new("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"image_file\"; filename=\"\"\r\n\r\n\r\n--x--\r\n"),
        new("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nabc\r\n--x--\r\n"),
        new("image/png", "abc"),
    ];

    [Theory]
    [MemberData(nameof(WithoutPicture))]
    public async Task Without_a_picture_the_source_is_missing(string? contentType, string body)
    {
        (await _client.Post("/v1.0/removebg", Sent.Raw(Encoding.UTF8.GetBytes(body), contentType))).Error(400, "missing_source");
    }

    public static IEnumerable<TheoryDataRow<string, string>> Malformed =>
    [
        new("application/json", ""),
        new("application/json", "{"),
        new("application/json", "[]"),
        new("application/json", "\"text\""),
        new("application/json", string.Concat(Enumerable.Repeat("[", 1000))),
        new("application/json", """{"image_file_b64":"*** this is not base 64 ***"}"""),
        new("application/json", """{"image_file_b64":"data:image/png;base64"}"""),
        new("application/json", """{"image_file_b64":{"a":1}}"""),
        new("application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 300).Select(i => $"a{i}=1"))),
        new("multipart/form-data", "--x--"),
        new("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"image_file\"; filename=\"a\"\r\n\r\ncut off"),
    ];

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task A_body_that_is_not_what_it_says_is_told_so(string contentType, string body)
    {
        (await _client.Post("/v1.0/removebg", Sent.Raw(Encoding.UTF8.GetBytes(body), contentType))).Error(400, "failed_to_read_image");
    }

    [Fact]
    public async Task Nothing_is_downloaded_and_the_caller_is_told_what_to_send()
    {
        var answer = await _client.Post("/v1.0/removebg", new FormUrlEncodedContent([new("image_url", "https://example.org/a.png")]));

        Assert.Contains("image_file", answer.Error(400, "failed_image_download"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", 60)]
    [InlineData("application/json", 90)]
    [InlineData("application/x-www-form-urlencoded", 90)]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read(string contentType, long megabytes)
    {
        using var socket = await RawSocket.Connect(shared.Front.Port);
        await socket.Send(
            "POST /v1.0/removebg HTTP/1.1",
            "Host: test",
            $"Content-Type: {contentType}",
            string.Create(CultureInfo.InvariantCulture, $"Content-Length: {megabytes * 1024 * 1024}"));

        Assert.Contains("50 MB", (await socket.Receive()).Error(400, "file_too_large"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/v1.0/removebg", 405, "method_not_allowed")]
    [InlineData("POST", "/v1.0/account", 405, "method_not_allowed")]
    [InlineData("POST", "/v1.0/improve", 404, "not_found")]
    [InlineData("GET", "/v1.0", 404, "not_found")]
    public async Task Paths_beside_the_contract_have_its_form_of_errors(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        Assert.Contains(path, (await _client.Ask(request)).Error(status, code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_carry_what_browsers_and_support_need()
    {
        var answer = await _client.RemoveBg(Files.Tiff);

        answer.Error(400, "invalid_file_type");
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.NotEmpty(answer.Header("X-Request-Id")!);
        Assert.Null(answer.Header("X-Width"));
    }
}
