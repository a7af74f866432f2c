using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class ResumeTests : FetchTest
{
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
        var fetch = fetcher.FetchAsync(new ModelStore(Root), manifest, manifest.Files[0], record: false, progress, Stop);

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
}
