using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace NeuralMask.Hosting.Tests.Models;

/// <summary>A real web server on a free loopback port, which answers as the test says and remembers what it was asked.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Request> _requests = new();

    private FileServer(WebApplication app) => _app = app;

    public IReadOnlyList<Request> Requests => [.. _requests];

    public string Address => _app.Urls.Single();

    /// <param name="answer">Is given the request and its number, from 1.</param>
    public static async Task<FileServer> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new FileServer(app);
        app.Run(context =>
        {
            var headers = context.Request.Headers;
            server._requests.Enqueue(new Request(context.Request.Path, headers.Range, headers.IfRange));
            return answer(context, server._requests.Count);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Answers with a file, or the range of it that was asked for.</summary>
    public static Task SendAsync(HttpContext context, byte[] content, string? tag = null)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        return Results.Bytes(
            content,
            "application/octet-stream",
            enableRangeProcessing: true,
            entityTag: tag is null ? null : new EntityTagHeaderValue(tag)).ExecuteAsync(context);
    }

    /// <summary>Promises a whole file and sends the beginning of it.</summary>
    public static async Task SendBeginningAsync(HttpContext context, byte[] content, int bytes, string? tag = null)
    {
        context.Response.ContentLength = content.Length;
        context.Response.Headers.ETag = tag;
        await context.Response.Body.WriteAsync(content.AsMemory(0, bytes), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    internal sealed record Request(string Path, string? Range, string? IfRange);
}
