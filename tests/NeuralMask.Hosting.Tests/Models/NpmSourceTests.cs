using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;

namespace NeuralMask.Hosting.Tests.Models;

/// <summary>With <see cref="NpmStandIn"/> in the place of the npm client.</summary>
public sealed class NpmSourceTests : IDisposable
{
    private const string Package = "@example/tiny@1.2.3";

    private static readonly ModelSource Chunked = new() { Npm = Package, Entry = "/models/tiny", Chunks = "dist/resources.json" };

    private static readonly byte[] Content = TestModel.Content(100_000);

    private readonly TemporaryFolder _folder = new();

    public NpmSourceTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for npm is a shell script");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string ModelFolder => Path.Combine(_folder.Path, "models", "tiny");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Chunks_in_any_order_are_joined()
    {
        var (list, chunks) = NpmStandIn.Cut(Content, 30_000);
        var tarball = NpmStandIn.Pack([chunks[2], chunks[0], ("README.md", [1]), ("dist/resources.json", list), chunks[3], chunks[1]]);
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, tarball));
        var progress = new ProgressProbe();

        await FetchAsync(Chunked, NpmStandIn.Answer(server.Address + "/tiny.tgz", tarball), progress);

        Assert.Equal(Content, await File.ReadAllBytesAsync(Path.Combine(ModelFolder, TestModel.FileName), Stop));
        Assert.Equal([".lock", TestModel.FileName], FilesLeft());
        Assert.Equal(
            ["view", Package, "dist.tarball", "dist.integrity", "--json"],
            await File.ReadAllLinesAsync(_folder.File("arguments"), Stop));
        Assert.Contains(progress.Reports, report => report.Stage == FetchStage.Unpacking && report.Done == Content.Length);
    }

    [Fact]
    public async Task A_chunk_that_occurs_twice_is_placed_twice()
    {
        byte[] content = [.. Content[..10_000], .. Content[..10_000], .. Content[..5_000]];
        var (list, chunks) = NpmStandIn.Cut(content, 10_000);
        var tarball = NpmStandIn.Pack([.. chunks, ("dist/resources.json", list)]);
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, tarball));

        await FetchAsync(Chunked, NpmStandIn.Answer(server.Address + "/tiny.tgz", tarball), content: content);

        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(ModelFolder, TestModel.FileName), Stop));
    }

    [Fact]
    public async Task An_entry_that_is_a_file_is_taken_out()
    {
        var tarball = NpmStandIn.Pack(("dist/other.onnx", [1, 2]), ("dist/tiny.onnx", Content));
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, tarball));

        await FetchAsync(
            new ModelSource { Npm = Package, Entry = "dist/tiny.onnx" },
            NpmStandIn.Answer(server.Address + "/tiny.tgz", tarball));

        Assert.Equal(Content, await File.ReadAllBytesAsync(Path.Combine(ModelFolder, TestModel.FileName), Stop));
    }

    [Fact]
    public async Task A_tarball_that_is_whole_already_is_not_fetched_again()
    {
        var (list, chunks) = NpmStandIn.Cut(Content, 30_000);
        var tarball = NpmStandIn.Pack([.. chunks, ("dist/resources.json", list)]);
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, tarball));
        var address = server.Address + "/tiny.tgz";
        Directory.CreateDirectory(ModelFolder);
        var part = new PartFile(Path.Combine(ModelFolder, TestModel.FileName + ".tgz.part"));
        await File.WriteAllBytesAsync(part.Path, tarball, Stop);
        part.WriteNote(new PartNote(new Uri(address).AbsoluteUri, null, null));

        await FetchAsync(Chunked, NpmStandIn.Answer(address, tarball));

        Assert.Equal($"bytes={tarball.Length}-", Assert.Single(server.Requests).Range);
        Assert.Equal([".lock", TestModel.FileName], FilesLeft());
    }

    [Fact]
    public async Task A_tarball_of_another_integrity_is_refused()
    {
        var tarball = NpmStandIn.Pack(("dist/tiny.onnx", Content));
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, tarball));

        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(
            new ModelSource { Npm = Package, Entry = "dist/tiny.onnx" },
            NpmStandIn.Answer(server.Address + "/tiny.tgz", Content)));

        Assert.Contains("whose SHA-512 is not the one that its registry gives", error.Message, StringComparison.Ordinal);
        Assert.Equal([".lock"], FilesLeft());
    }

    [Fact]
    public async Task A_chunk_with_another_content_than_its_name_says_is_refused()
    {
        var (list, chunks) = NpmStandIn.Cut(Content, 50_000);
        var tarball = NpmStandIn.Pack([chunks[0], (chunks[1].Path, new byte[50_000]), ("dist/resources.json", list)]);
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, tarball));

        var error = await Assert.ThrowsAsync<ModelException>(
            () => FetchAsync(Chunked, NpmStandIn.Answer(server.Address + "/tiny.tgz", tarball)));

        Assert.Contains("has a damaged chunk", error.Message, StringComparison.Ordinal);
        Assert.Equal([".lock"], FilesLeft());
    }

    [Fact]
    public async Task A_missing_chunk_is_noticed()
    {
        var (list, chunks) = NpmStandIn.Cut(Content, 50_000);
        var tarball = NpmStandIn.Pack([chunks[1], ("dist/resources.json", list)]);
        await using var server = await FileServer.StartAsync((context, _) => FileServer.SendAsync(context, tarball));

        var error = await Assert.ThrowsAsync<ModelException>(
            () => FetchAsync(Chunked, NpmStandIn.Answer(server.Address + "/tiny.tgz", tarball)));

        Assert.Contains("lacks 1 of 2 chunks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_npm_complains_of_is_passed_on()
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(
            Chunked,
            """{ "error": { "code": "E404", "summary": "No match found for version 1.2.3" } }""",
            exitCode: 1));

        Assert.Contains("npm package @example/tiny@1.2.3 is not given by npm (No match found for version 1.2.3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_not_understood_is_passed_on_as_npm_says_it()
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => FetchAsync(Chunked, "", exitCode: 7, complaint: "npm error network\n"));

        Assert.Contains("which ended with 7 (npm error network)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_npm_the_error_says_what_to_install_and_where_the_file_goes()
    {
        using var fetcher = new ModelFetcher(new FetchOptions { NpmCommand = _folder.File("no-npm-here") });
        var manifest = TestModel.Of(Content, Chunked);

        var error = await Assert.ThrowsAsync<ModelException>(() => fetcher.FetchAsync(
            new ModelStore(_folder.File("models")), manifest, manifest.Files[0], record: false, null, Stop));

        Assert.Contains("install Node.js, which brings npm", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(ModelFolder, TestModel.FileName), error.Message, StringComparison.Ordinal);
    }

    private async Task<string> FetchAsync(
        ModelSource source, string answer, ProgressProbe? progress = null, byte[]? content = null, int exitCode = 0, string complaint = "")
    {
        var npm = NpmStandIn.Write(_folder, answer, exitCode, complaint);
        using var fetcher = new ModelFetcher(new FetchOptions { NpmCommand = npm, RetryDelay = TimeSpan.Zero, Attempts = 1 });
        var manifest = TestModel.Of(content ?? Content, source);
        return await fetcher.FetchAsync(
            new ModelStore(_folder.File("models")), manifest, manifest.Files[0], record: false, progress, Stop);
    }

    private IEnumerable<string> FilesLeft() => Directory
        .EnumerateFiles(ModelFolder)
        .Select(path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal);
}
