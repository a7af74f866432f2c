using System.Text;
using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.Process;

/// <summary>The limit on bytes where no length is told beforehand, on a service with a small one.</summary>
public sealed class BodyLimitTests : IAsyncLifetime
{
    private Front _front = null!;

    public async ValueTask InitializeAsync() => _front = await Front.Start("NeuralMask:MaxPictureMegabytes=1", "NeuralMask:MaxMegapixels=1");

    public ValueTask DisposeAsync() => _front.DisposeAsync();

    [Theory]
    [InlineData("/process", false)]
    [InlineData("/process", true)]
    [InlineData("/v1.0/removebg", true)]
    public async Task A_chunked_body_over_the_limit_is_refused(string path, bool form)
    {
        var bytes = new byte[3 * 1024 * 1024 / 2];
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = form ? Sent.Form([], ("image_file", bytes)) : Sent.Raw(bytes, null),
        };
        request.Headers.TransferEncodingChunked = true;
        var answer = await _front.Client.Ask(request);

        Assert.Contains("1 MB", path == "/process" ? answer.Problem(413, "file_too_large") : answer.Error(400, "file_too_large"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_form_without_files_has_a_limit_too()
    {
        // A little more than 1 MB in base 64 and what else a form may hold.
        var body = (byte[])[.. "{\"image_file_b64\":\""u8, .. Enumerable.Repeat((byte)'A', 3_500_000)];
        using var socket = await RawSocket.Connect(_front.Port);
        await socket.Send("POST /v1.0/removebg HTTP/1.1", "Host: test", "Content-Type: application/json", "Transfer-Encoding: chunked");
        await socket.Send([.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body]);

        (await socket.Receive()).Error(400, "file_too_large");
    }

    [Fact]
    public async Task The_limits_that_are_set_are_the_ones_that_are_told()
    {
        Assert.Contains("at most 1 ", (await _front.Client.Process(Files.PngClaiming(2000, 1000))).Problem(422, "resolution_too_high"), StringComparison.Ordinal);
        Assert.Contains("1 MB", (await _front.Client.Process(new byte[(1024 * 1024) + 1])).Problem(413, "file_too_large"), StringComparison.Ordinal);
    }
}
