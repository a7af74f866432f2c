using System.Security.Cryptography;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Models.Fetching;

namespace NeuralMask.Hosting.Tests.Models;

/// <summary>A model whose file is some bytes; nothing here loads them.</summary>
internal static class TestModel
{
    public const string FileName = "tiny.onnx";

    /// <summary>Bytes that are the same in every run and differ everywhere.</summary>
    public static byte[] Content(int bytes, int seed = 1)
    {
        var content = new byte[bytes];
#pragma warning disable CA5394 // The bytes have to be the same in every run; nothing depends on them being hard to guess.
        new Random(seed).NextBytes(content);
#pragma warning restore CA5394
        content[0] = 8;
        return content;
    }

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static ModelManifest Of(byte[] content, params ModelSource[] sources) =>
        Of(content.Length, Sha256(content), verified: true, sources);

    public static ModelManifest Unverified(params ModelSource[] sources) => Of(null, null, verified: false, sources);

    public static ModelManifest Of(long? bytes, string? sha256, bool verified, params ModelSource[] sources) => new()
    {
        Schema = ModelManifest.CurrentSchema,
        Id = "tiny",
        Version = "1",
        Summary = "A model of a test.",
        Licence = new ModelLicence { Weights = "MIT", WeightsUrl = "https://example.org/terms", Commercial = true, MayBeResold = true },
        Files =
        [
            new ModelFile
            {
                Name = FileName,
                Precision = ModelPrecision.Fp32,
                Providers = ["cpu"],
                Bytes = bytes,
                Sha256 = sha256,
                Verified = verified,
                Sources = sources,
            },
        ],
        DefaultFile = FileName,
        Input = new ModelInput { Width = 32, Height = 32, Scale = 1, Mean = [0, 0, 0], Std = [1, 1, 1] },
        Output = new ModelOutput { Activation = Activation.None },
    };

    public static ModelSource At(FileServer server, string path = "/tiny.onnx") => new() { Url = server.Address + path };
}

/// <summary>Remembers what was reported and lets a test wait for it.</summary>
internal sealed class ProgressProbe : IProgress<FetchProgress>
{
    private readonly Lock _gate = new();
    private readonly List<FetchProgress> _reports = [];
    private readonly List<(Predicate<FetchProgress> Wanted, TaskCompletionSource Seen)> _waits = [];

    public IReadOnlyList<FetchProgress> Reports
    {
        get
        {
            lock (_gate)
            {
                return [.. _reports];
            }
        }
    }

    public Task WhenAsync(Predicate<FetchProgress> wanted)
    {
        lock (_gate)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_reports.Exists(wanted))
            {
                seen.SetResult();
            }

            _waits.Add((wanted, seen));
            return seen.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    public void Report(FetchProgress value)
    {
        lock (_gate)
        {
            _reports.Add(value);
            foreach (var (_, seen) in _waits.Where(wait => wait.Wanted(value)))
            {
                seen.TrySetResult();
            }
        }
    }
}
