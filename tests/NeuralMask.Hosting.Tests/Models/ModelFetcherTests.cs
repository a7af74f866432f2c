using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class ModelFetcherTests : IDisposable
{
    private const int Half = 150_000;

    private static readonly byte[] Content = TestModel.Content(300_000);

    private static readonly FetchOptions AtOnce = new() { RetryDelay = TimeSpan.Zero, Attempts = 2 };

    private readonly TemporaryFolder _folder = new();

    private CancellationToken Stop { get; } = TestContext.Current.CancellationToken;

    private string FinalPath => Path.Combine(_folder.Path, "tiny", TestModel.FileName);

    private string PartPath => FinalPath + ".part";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_fetched_whole()
    {
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, Content));
        var progress = new ProgressProbe();

        var path = await FetchAsync(TestModel.Of(Content, TestModel.At(server)), progress: progress);

        Assert.Equal(FinalPath, path);
        Assert.Equal(Content, await File.ReadAllBytesAsync(path, Stop));
        Assert.Equal(Content.Length, progress.Reports[^1].Done);
        Assert.Equal(Content.Length, progress.Reports[^1].Total);
        Assert.Equal([".lock", TestModel.FileName], FilesLeft());
    }

    [Fact]
    public async Task A_whole_file_is_not_fetched_again()
    {
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, Content));
        var manifest = TestModel.Of(Content, TestModel.At(server));

        await FetchAsync(manifest);
        await FetchAsync(manifest);

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_damaged_file_is_replaced()
    {
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, Content));
        Directory.CreateDirectory(Path.GetDirectoryName(FinalPath)!);
        await File.WriteAllBytesAsync(FinalPath, TestModel.Content(Content.Length, seed: 2), Stop);

        await FetchAsync(TestModel.Of(Content, TestModel.At(server)));

        Assert.Equal(Content, await File.ReadAllBytesAsync(FinalPath, Stop));
    }

    [Fact]
    public async Task After_a_cut_only_the_rest_is_asked_for()
    {
        var progress = new ProgressProbe();
        await using var server = await FileServer.StartAsync((context, number) => number == 1
            ? CutAsync(context, progress, tag: "\"one\"")
            : FileServer.SendAsync(context, Content, tag: "\"one\""));

        await FetchAsync(TestModel.Of(Content, TestModel.At(server)), progress: progress);

        Assert.Equal(Content, await File.ReadAllBytesAsync(FinalPath, Stop));
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal($"bytes={Half}-", server.Requests[1].Range);
        Assert.Equal("\"one\"", server.Requests[1].IfRange);
    }

    [Fact]
    public async Task A_later_process_resumes_what_an_earlier_one_left()
    {
        var progress = new ProgressProbe();
        await using var server = await FileServer.StartAsync((context, number) => number == 1
            ? CutAsync(context, progress)
            : FileServer.SendAsync(context, Content));
        var manifest = TestModel.Of(Content, TestModel.At(server));
        await Assert.ThrowsAsync<ModelException>(() => FetchAsync(manifest, AtOnce with { Attempts = 1 }, progress));
        Assert.Equal(Half, new FileInfo(PartPath).Length);
        Assert.False(File.Exists(FinalPath));

        await FetchAsync(manifest);

        Assert.Equal($"bytes={Half}-", server.Requests[1].Range);
        Assert.Equal(Content, await File.ReadAllBytesAsync(FinalPath, Stop));
    }

    [Fact]
    public async Task A_file_that_has_changed_meanwhile_is_fetched_from_the_start()
    {
        var changed = TestModel.Content(Content.Length, seed: 3);
        var progress = new ProgressProbe();
        await using var server = await FileServer.StartAsync((context, number) => number == 1
            ? CutAsync(context, progress, tag: "\"one\"")
            : FileServer.SendAsync(context, changed, tag: "\"two\""));

        await FetchAsync(TestModel.Of(changed, TestModel.At(server)), progress: progress);

        Assert.Equal(changed, await File.ReadAllBytesAsync(FinalPath, Stop));
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_is_asked_for_the_whole()
    {
        var progress = new ProgressProbe();
        await using var server = await FileServer.StartAsync((context, number) => number == 1
            ? CutAsync(context, progress)
            : FileServer.SendBeginningAsync(context, Content, Content.Length));

        await FetchAsync(TestModel.Of(Content, TestModel.At(server)), progress: progress);

        Assert.NotNull(server.Requests[1].Range);
        Assert.Equal(Content, await File.ReadAllBytesAsync(FinalPath, Stop));
    }

    [Fact]
    public async Task A_range_that_cannot_be_satisfied_starts_over()
    {
        var progress = new ProgressProbe();
        await using var server = await FileServer.StartAsync((context, number) =>
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return number switch
            {
                1 => CutAsync(context, progress),
                2 => Task.CompletedTask,
                _ => FileServer.SendAsync(context, Content),
            };
        });

        await FetchAsync(TestModel.Of(Content, TestModel.At(server)), AtOnce with { Attempts = 3 }, progress);

        Assert.Null(server.Requests[2].Range);
        Assert.Equal(Content, await File.ReadAllBytesAsync(FinalPath, Stop));
    }

    [Fact]
    public async Task Resumed_bytes_that_turn_out_wrong_are_fetched_anew_once()
    {
        var progress = new ProgressProbe();
        await using var server = await FileServer.StartAsync((context, number) => number == 1
            ? CutAsync(context, progress)
            : FileServer.SendAsync(context, Content));
        var manifest = TestModel.Of(Content, TestModel.At(server));
        await Assert.ThrowsAsync<ModelException>(() => FetchAsync(manifest, AtOnce with { Attempts = 1 }, progress));
        await File.WriteAllBytesAsync(PartPath, new byte[Half], Stop);

        await FetchAsync(manifest);

        Assert.Equal(3, server.Requests.Count);
        Assert.Null(server.Requests[2].Range);
        Assert.Equal(Content, await File.ReadAllBytesAsync(FinalPath, Stop));
    }

    [Fact]
    public async Task A_wrong_hash_is_named_beside_the_right_one_and_nothing_is_kept()
    {
        var other = TestModel.Content(Content.Length, seed: 2);
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, other));

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(TestModel.Of(Content, TestModel.At(server))));

        Assert.Contains(TestModel.Sha256(Content), error.Message, StringComparison.Ordinal);
        Assert.Contains(TestModel.Sha256(other), error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address + "/tiny.onnx", error.Message, StringComparison.Ordinal);
        Assert.Equal([".lock"], FilesLeft());
    }

    [Fact]
    public async Task A_file_of_another_size_is_refused_before_it_is_fetched()
    {
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, new byte[Half]));

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(TestModel.Of(Content, TestModel.At(server))));

        Assert.Contains($"offers {Half} bytes where {Content.Length} are expected", error.Message, StringComparison.Ordinal);
        Assert.Equal([".lock"], FilesLeft());
    }

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
    public async Task A_source_that_fails_is_followed_by_the_next()
    {
        await using var server = await FileServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Request.Path == "/b" ? FileServer.SendAsync(context, Content) : Task.CompletedTask;
        });

        await FetchAsync(TestModel.Of(Content, TestModel.At(server, "/a"), TestModel.At(server, "/b")));

        Assert.Equal(["/a", "/b"], server.Requests.Select(request => request.Path));
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

    [Fact]
    public async Task A_connection_that_falls_silent_is_given_up()
    {
        var time = new FakeTimeProvider();
        var progress = new ProgressProbe();
        var over = new TaskCompletionSource();
        await using var server = await FileServer.StartAsync(async (context, _) =>
        {
            await FileServer.SendBeginningAsync(context, Content, Half);
            await over.Task;
        });
        using var fetcher = new ModelFetcher(AtOnce with { Attempts = 1 }, time);
        var manifest = TestModel.Of(Content, TestModel.At(server));
        var fetch = fetcher.FetchAsync(new ModelStore(_folder.Path), manifest, manifest.Files[0], record: false, progress, Stop);

        await progress.WhenAsync(report => report.Done == Half);
        time.Advance(TimeSpan.FromSeconds(31));

        var error = await Assert.ThrowsAsync<ModelException>(() => fetch);
        over.SetResult();
        Assert.Contains("sent nothing for 30 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(Half, new FileInfo(PartPath).Length);
        Assert.False(File.Exists(FinalPath));
    }

    [Fact]
    public async Task Cancelling_leaves_what_can_be_resumed_and_no_final_file()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var progress = new ProgressProbe();
        await using var server = await FileServer.StartAsync(async (context, number) =>
        {
            if (number > 1)
            {
                await FileServer.SendAsync(context, Content);
                return;
            }

            await FileServer.SendBeginningAsync(context, Content, Half);
            await progress.WhenAsync(report => report.Done == Half);
            await cancellation.CancelAsync();
        });
        var manifest = TestModel.Of(Content, TestModel.At(server));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FetchAsync(manifest, progress: progress, stop: cancellation.Token));

        Assert.False(File.Exists(FinalPath));
        Assert.Equal(Half, new FileInfo(PartPath).Length);
        await FetchAsync(manifest);
        Assert.Equal($"bytes={Half}-", server.Requests[1].Range);
    }

    [Fact]
    public async Task Two_at_once_fetch_once()
    {
        var progress = new ProgressProbe();
        await using var server = await FileServer.StartAsync(async (context, _) =>
        {
            // One is kept at work until the other is seen to wait for it.
            await progress.WhenAsync(report => report.Stage == FetchStage.Waiting);
            await FileServer.SendAsync(context, Content);
        });
        var manifest = TestModel.Of(Content, TestModel.At(server));

        var paths = await Task.WhenAll(FetchAsync(manifest, progress: progress), FetchAsync(manifest, progress: progress));

        Assert.All(paths, path => Assert.Equal(FinalPath, path));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Waiting_for_another_process_has_an_end()
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(FinalPath)!);
        await using var holder = new FileStream(Path.Combine(folder.FullName, ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var manifest = TestModel.Of(Content, new ModelSource { File = "/none" });

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(manifest, AtOnce with { LockTimeout = TimeSpan.Zero }));

        Assert.Contains("is held by another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named_with_the_setting()
    {
        // A file where a folder should be stops every user, root included.
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "tiny"), "", Stop);

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(TestModel.Of(Content, new ModelSource { File = "/none" })));

        Assert.Contains(Path.Combine(_folder.Path, "tiny"), error.Message, StringComparison.Ordinal);
        Assert.Contains(DataFolder.Setting, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_called_that()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has a device that is always full");
        // Writing to this device meets a full disk, without filling one.
        var part = new PartFile("/dev/full");
        await using var stream = new FileStream(part.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);

        var error = await Assert.ThrowsAsync<ModelException>(() => part.WriteAsync(stream, Content, Stop));

        Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
    }

    private async Task<string> FetchAsync(
        ModelManifest manifest,
        FetchOptions? options = null,
        ProgressProbe? progress = null,
        bool record = false,
        CancellationToken? stop = null)
    {
        using var fetcher = new ModelFetcher(options ?? AtOnce);
        return await fetcher.FetchAsync(new ModelStore(_folder.Path), manifest, manifest.Files[0], record, progress, stop ?? Stop);
    }

    /// <summary>Sends half and breaks the connection once the other side has written it down.</summary>
    private static async Task CutAsync(HttpContext context, ProgressProbe progress, string? tag = null)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        await FileServer.SendBeginningAsync(context, Content, Half, tag);
        await progress.WhenAsync(report => report.Done == Half);
        context.Abort();
    }

    private IEnumerable<string> FilesLeft() => Directory
        .EnumerateFiles(Path.GetDirectoryName(FinalPath)!)
        .Select(path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal);
}
