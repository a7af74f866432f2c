using Microsoft.AspNetCore.Http;
using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class HttpsSourceTests : FetchTest
{
    [Fact]
    public async Task A_missing_file_is_not_asked_for_twice()
    {
        await using var server = await FileServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync("<html>no</html>");
        });

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(TestModel.Of(Content, TestModel.At(server))));

        Assert.Contains(server.Address + "/tiny.onnx answers 404", error.Message, StringComparison.Ordinal);
        Assert.Contains("neuralmask models verify tiny", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Equal([".lock"], FilesLeft());
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "answers with an HTML page")]
    [InlineData("application/octet-stream", "gave a page of markup")]
    public async Task A_page_instead_of_a_model_is_refused(string type, string words)
    {
        await using var server = await FileServer.StartAsync((context, _) =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync("<!DOCTYPE html><title>Sign in</title>");
        });

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(TestModel.Unverified(TestModel.At(server)), record: true));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal([".lock"], FilesLeft());
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again()
    {
        await using var server = await FileServer.StartAsync((context, number) =>
        {
            context.Response.StatusCode = number == 1 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return number == 1 ? Task.CompletedTask : FileServer.SendAsync(context, Content);
        });

        await FetchAsync(TestModel.Of(Content, TestModel.At(server)));

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_is_followed_with_the_range()
    {
        var progress = new ProgressProbe();
        await using var server = await FileServer.StartAsync((context, number) =>
        {
            if (context.Request.Path == "/there")
            {
                return number == 2 ? CutAsync(context, progress) : FileServer.SendAsync(context, Content);
            }

            context.Response.Redirect("/there");
            return Task.CompletedTask;
        });

        await FetchAsync(TestModel.Of(Content, TestModel.At(server, "/here")), progress: progress);

        Assert.Equal(["/here", "/there", "/here", "/there"], server.Requests.Select(request => request.Path));
        Assert.Equal($"bytes={Half}-", server.Requests[3].Range);
    }

    [Theory]
    [InlineData("http://example.org/tiny.onnx", "redirects to http://example.org/tiny.onnx, which is not an https address")]
    [InlineData("file:///etc/hostname", "which is not an https address")]
    [InlineData("/", "redirects more than 5 times")]
    public async Task A_redirect_that_leaves_https_or_never_ends_is_refused(string target, string words)
    {
        await using var server = await FileServer.StartAsync((context, _) =>
        {
            context.Response.Redirect(target);
            return Task.CompletedTask;
        });

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(TestModel.Of(Content, TestModel.At(server))));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_http_to_another_machine_is_never_asked_for()
    {
        var source = new ModelSource { Url = "http://example.org/tiny.onnx" };

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(TestModel.Of(Content, source)));

        Assert.Contains("is not an https address", error.Message, StringComparison.Ordinal);
    }
}
