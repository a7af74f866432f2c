using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>
/// Asks the npm client where a package lies. The client knows which registry this machine is to use and how; nothing
/// here names one.
/// </summary>
internal sealed class NpmRegistry(FetchOptions options, TimeProvider time)
{
    // ENOENT and ERROR_FILE_NOT_FOUND, for which the runtime's words name the working directory instead.
    private const int NotFound = 2;

    /// <summary>Looks a package up.</summary>
    /// <param name="package">The package as <c>name@version</c>.</param>
    /// <param name="cancellationToken">Ends the client.</param>
    /// <exception cref="SourceFailedException">There is no npm client, or it does not know the package.</exception>
    public async Task<NpmTarballAddress> ResolveAsync(string package, CancellationToken cancellationToken)
    {
        var (exitCode, output, complaint) = await RunAsync(
            ["view", package, "dist.tarball", "dist.integrity", "--json"], cancellationToken);
        try
        {
            using var answer = JsonDocument.Parse(output);
            if (exitCode == 0
                && answer.RootElement.TryGetProperty("dist.tarball", out var tarball)
                && answer.RootElement.TryGetProperty("dist.integrity", out var integrity)
                && Uri.TryCreate(tarball.GetString(), UriKind.Absolute, out var address))
            {
                return new NpmTarballAddress(address, Sha512Of(integrity.GetString()));
            }

            if (answer.RootElement.TryGetProperty("error", out var error) && error.TryGetProperty("summary", out var summary))
            {
                throw new SourceFailedException($"is not given by npm ({summary.GetString()})");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON of another shape: what the client complained of says more.
        }

        var reason = complaint.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        throw new SourceFailedException($"is not given by npm, which ended with {exitCode} ({reason ?? "and said nothing of use"})");
    }

    private static byte[] Sha512Of(string? integrity)
    {
        foreach (var part in (integrity ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var hash = new byte[64];
            if (part.StartsWith("sha512-", StringComparison.Ordinal)
                && Convert.TryFromBase64String(part["sha512-".Length..].Split('?')[0], hash, out var written)
                && written == hash.Length)
            {
                return hash;
            }
        }

        throw new SourceFailedException($"has no sha512 integrity at its registry, only '{integrity}'");
    }

    private async Task<(int ExitCode, string Output, string Complaint)> RunAsync(
        IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(options.NpmCommand, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.StartInfo.Environment["npm_config_update_notifier"] = "false";
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new SourceFailedException($"needs the npm client, and '{options.NpmCommand}' cannot be started ({(error.NativeErrorCode == NotFound ? "it was not found" : error.Message)}): install Node.js, which brings npm", innerException: error);
        }

        using var timeout = new CancellationTokenSource(options.NpmTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var complaint = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, await output, await complaint);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceFailedException($"is not given by npm, which did not answer within {options.NpmTimeout.TotalSeconds:0} seconds");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>Where a package's tarball lies.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Sha512">Its SHA-512 as the registry gives it, 64 bytes.</param>
internal sealed record NpmTarballAddress(Uri Address, byte[] Sha512);
