using Microsoft.AspNetCore.Http;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;

namespace NeuralMask.Hosting.Tests.Models;

/// <summary>What the tests of fetching share: some bytes, a folder of their own, and ways to break off.</summary>
public abstract class FetchTest : IDisposable
{
    private protected const int Half = 150_000;

    private protected static readonly byte[] Content = TestModel.Content(300_000);

    private protected static readonly FetchOptions AtOnce = new() { RetryDelay = TimeSpan.Zero, Attempts = 2 };

    private readonly TemporaryFolder _folder = new();

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected string Root => _folder.Path;

    private protected string FinalPath => Path.Combine(Root, "tiny", TestModel.FileName);

    private protected string PartPath => FinalPath + ".part";

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _folder.Dispose();

    private protected async Task<string> FetchAsync(
        ModelManifest manifest,
        FetchOptions? options = null,
        ProgressProbe? progress = null,
        bool record = false,
        CancellationToken? stop = null)
    {
        using var fetcher = new ModelFetcher(options ?? AtOnce);
        return await fetcher.FetchAsync(new ModelStore(Root), manifest, manifest.Files[0], record, progress, stop ?? Stop);
    }

    /// <summary>Sends half and breaks the connection once the other side has written it down.</summary>
    private protected static async Task CutAsync(HttpContext context, ProgressProbe progress, string? tag = null)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        await FileServer.SendBeginningAsync(context, Content, Half, tag);
        await progress.WhenAsync(report => report.Done == Half);
        context.Abort();
    }

    private protected IEnumerable<string> FilesLeft() => Directory
        .EnumerateFiles(Path.GetDirectoryName(FinalPath)!)
        .Select(path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal);
}
