using System.Globalization;
using System.Text;
using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.Process;

/// <summary>What a request that cannot be answered gets at <c>/process</c>: a problem that says what to do.</summary>
public sealed class ProcessRefusalTests(SharedFront shared)
{
    private readonly HttpClient _client = shared.Client;

    public static IEnumerable<TheoryDataRow<byte[], int, string, string>> BadBodies =>
    [
        Row("nothing", [], 400, "missing_source", "empty"),
        Row("text", "Hello, this is no picture."u8.ToArray(), 400, "failed_to_read_image", "text"),
        Row("HTML", "<!doctype html><html><body>404</body></html>"u8.ToArray(), 400, "failed_to_read_image", "HTML"),
        Row("noise", [.. Enumerable.Range(1, 5000).Select(i => (byte)(i * i * 31 / 7))], 400, "failed_to_read_image", "JPEG, PNG, WebP, GIF or BMP"),
        Row("TIFF", Files.Tiff, 415, "invalid_file_type", "TIFF"),
        Row("half a JPEG", Drawn.Middle(400, 300).Jpeg()[..2500], 400, "failed_to_read_image", "cut off"),
        Row("the first bytes of a JPEG", Drawn.Middle(400, 300).Jpeg()[..20], 400, "failed_to_read_image", "cut off"),
        Row("60 megapixels", Files.PngClaiming(10_000, 6_000), 422, "resolution_too_high", "60 megapixels (10000 × 6000); at most 50"),
        Row("a side of 40,000", Files.PngClaiming(40_000, 1), 422, "resolution_too_high", "32000"),
        Row("no subject", Drawn.Empty(100, 80), 422, "unknown_foreground", "subject"),
    ];

    [Theory]
    [MemberData(nameof(BadBodies), DisableDiscoveryEnumeration = true)]
    public async Task A_body_that_is_no_good_picture_is_refused_by_what_it_is(byte[] bytes, int status, string code, string says)
    {
        Assert.Contains(says, (await _client.Process(bytes)).Problem(status, code), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadBodies), DisableDiscoveryEnumeration = true)]
    public async Task A_file_of_a_form_that_is_no_good_picture_is_refused_alike(byte[] bytes, int status, string code, string says)
    {
        var detail = (await _client.Post("/process", Sent.Form([], ("file", bytes)))).Problem(status, code);

        Assert.Contains(bytes.Length == 0 ? "no file" : says, detail, StringComparison.Ordinal);
    }

    private static TheoryDataRow<byte[], int, string, string> Row(string label, byte[] bytes, int status, string code, string says) =>
        new(bytes, status, code, says) { Label = label };

    [Theory]
    [InlineData(null)]
    [InlineData("image/jpeg")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read(string? contentType)
    {
        using var socket = await RawSocket.Connect(shared.Front.Port);
        var type = contentType is null ? "X-None: 1" : $"Content-Type: {contentType}";

        // No byte of the body is ever sent.
        await socket.Send("POST /process HTTP/1.1", "Host: test", type, $"Content-Length: {60L * 1024 * 1024}");

        Assert.Contains("50 MB", (await socket.Receive()).Problem(413, "file_too_large"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    public async Task A_content_length_beyond_all_memory_is_the_callers_fault_and_not_overload(long length)
    {
        using var socket = await RawSocket.Connect(shared.Front.Port);
        await socket.Send("POST /process HTTP/1.1", "Host: test", string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}"));

        (await socket.Receive()).Problem(413, "file_too_large");
        Drawn.Middle(160, 120).IsKeptIn((await _client.Process(Drawn.Middle(160, 120).Png())).Png());
    }

    [Fact]
    public async Task A_form_without_a_file_is_told_to_send_one()
    {
        Assert.Contains("file", (await _client.Post("/process", Sent.Form([("image", "not a file")]))).Problem(400, "missing_source"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_files_are_one_too_many()
    {
        var picture = Drawn.Middle(100, 80).Png();

        Assert.Contains("2 files", (await _client.Post("/process", Sent.Form([], ("a", picture), ("b", picture)))).Problem(400, "multiple_sources"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    public async Task A_form_without_a_boundary_is_told_that_it_needs_one(string contentType)
    {
        Assert.Contains("boundary", (await _client.Process("--x\r\n\r\n--x--"u8.ToArray(), contentType)).Problem(400, "failed_to_read_image"), StringComparison.Ordinal);
    }

    public static TheoryData<string> Garbage =>
    [
        "",
        "no boundary anywhere",
        "--x",
        "--x\r\n",
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nthe end is missing",
        "--x\r\nthis is no header\r\n\r\nvalue\r\n--x--\r\n",
        "--x\r\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"X-Header-{i}: 1\r\n")) + "\r\nvalue\r\n--x--\r\n",
        "--x\r\nX-Long: " + new string('a', 100_000) + "\r\n\r\nvalue\r\n--x--\r\n",
    ];

    [Theory]
    [MemberData(nameof(Garbage), DisableDiscoveryEnumeration = true)]
    public async Task A_form_that_is_none_is_a_client_error(string body)
    {
        var answer = await _client.Process(Encoding.ASCII.GetBytes(body), "multipart/form-data; boundary=x");

        answer.Problem(400, answer.Json.GetProperty("code").GetString() is "missing_source" ? "missing_source" : "failed_to_read_image");
    }

    [Fact]
    public async Task Hundreds_of_fields_are_not_collected()
    {
        var fields = Enumerable.Range(0, 300).Select(i => ($"field{i}", "x"));

        Assert.Contains("200", (await _client.Post("/process", Sent.Form(fields, ("file", Drawn.Middle(100, 80).Png())))).Problem(400, "failed_to_read_image"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_path_says_so_in_a_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/no/such/path");

        Assert.Contains("/no/such/path", (await _client.Ask(request)).Problem(404, "not_found"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Another_method_says_which_one_is_allowed(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/process");
        var answer = await _client.Ask(request);

        answer.Problem(405, "method_not_allowed");
        Assert.Equal("POST", answer.Header("Allow"));
    }
}
