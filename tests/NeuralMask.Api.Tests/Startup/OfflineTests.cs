using System.Globalization;
using NeuralMask.Api.Tests.Fixtures;
using NeuralMask.Testing;

namespace NeuralMask.Api.Tests.Startup;

/// <summary>The service where there is no network at all but the machine's own loopback: nothing leaves it, and nothing is missed.</summary>
public sealed class OfflineTests : IDisposable
{
    // The service listens where it does by default: nobody else can be on that port of a new network.
    private const string Script = """
        set -e
        ip link set lo up
        "$DOTNET" "$SERVICE" & service=$!
        curl --silent --fail --output /dev/null --retry 120 --retry-delay 1 --retry-all-errors http://127.0.0.1:8080/ready
        curl --silent --show-error --data-binary @"$PICTURE" --output "$RESULT" --write-out 'answered %{http_code} %{content_type}\n' http://127.0.0.1:8080/process
        kill -TERM $service
        wait $service
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task With_a_model_of_the_operators_own()
    {
        ToyModel.Write(_folder.Under("toy"), ToyGraph.Sigmoid);
        var disc = Drawn.Middle(160, 120);

        disc.IsKeptIn(await CutOut(disc.Jpeg(), ("MODEL_PATH", _folder.Under("toy"))));
    }

    [Fact]
    public async Task With_the_default_model_once_it_was_pulled()
    {
        Assert.SkipWhen(TestData.Weights("isnet-fp16.onnx") is null, TestData.ModelsMissing);
        Assert.SkipWhen(TestData.Pictures is null, TestData.PicturesMissing);
        Directory.CreateSymbolicLink(_folder.Under("models"), TestData.Models!);

        var photo = await File.ReadAllBytesAsync(Path.Combine(TestData.Pictures!, "removebg", "person-in-field.jpg"), TestContext.Current.CancellationToken);
        var cutout = await CutOut(photo, ("NeuralMask__DataFolder", _folder.Path));
        Assert.Contains(cutout.All(), pixel => pixel.A == 255);
        Assert.Contains(cutout.All(), pixel => pixel.A == 0);
    }

    private async Task<Seen> CutOut(byte[] picture, params (string, string)[] environment)
    {
        await RequireNamespaces();
        var (sent, result) = (_folder.Under("picture"), _folder.Under("result"));
        await File.WriteAllBytesAsync(sent, picture, TestContext.Current.CancellationToken);
        await using var script = ServiceProcess.Run("unshare", ["--net", "--kill-child", "sh", "-c", Script],
        [
            .. environment,
            ("DOTNET", ServiceProcess.Dotnet),
            ("SERVICE", ServiceProcess.Executable),
            ("PICTURE", sent),
            ("RESULT", result),
        ]);

        Assert.True(await script.Ends() == 0, script.Output);
        Assert.Contains("answered 200 image/png", script.Output, StringComparison.Ordinal);
        return Seen.Png(await File.ReadAllBytesAsync(result, TestContext.Current.CancellationToken));
    }

    private static async Task RequireNamespaces()
    {
        try
        {
            await using var probe = ServiceProcess.Run("unshare", ["--net", "sh", "-c", "ip link set lo up && curl --version"], []);
            var code = await probe.Ends();
            Assert.SkipWhen(code != 0, string.Create(CultureInfo.InvariantCulture, $"This test needs a network namespace of its own, which takes root, iproute2 and curl; asking for one ended with {code}: {probe.Output}"));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("This test needs unshare of util-linux to take the network away.");
        }
    }
}
