using Microsoft.AspNetCore.Http;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models.Fetching;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class ModelFetcherTests : FetchTest
{
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
        await File.WriteAllTextAsync(Path.Combine(Root, "tiny"), "", Stop);

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(TestModel.Of(Content, new ModelSource { File = "/none" })));

        Assert.Contains(Path.Combine(Root, "tiny"), error.Message, StringComparison.Ordinal);
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
}
