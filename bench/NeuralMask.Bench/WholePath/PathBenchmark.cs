using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using NeuralMask.Grains.Inference.SelfTest;
using NeuralMask.Hosting;
using NeuralMask.Hosting.Models;
using NeuralMask.Imaging;
using Spectre.Console;

namespace NeuralMask.Bench.WholePath;

/// <summary>
/// What the service adds to its network: a 1 MP JPEG posted to <c>/process</c> against a bare session on the same
/// model with the same threads. The two take turns within one run, so that a machine that slows down slows both.
/// </summary>
internal static class PathBenchmark
{
    private const int WarmUp = 3;

    public static async Task<int> Run(string[] arguments)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        var rounds = int.Parse(settings["rounds"] ?? "15", CultureInfo.InvariantCulture);
        var store = new ModelStore(settings["models"] ?? DataFolder.ResolveModels(new ConfigurationBuilder().AddEnvironmentVariables().Build()));
        var manifest = ModelCatalog.Shipped().Get("isnet-general-use");
        var model = store.PathOf(manifest, manifest.DefaultFile);
        if (!File.Exists(model))
        {
            await Console.Error.WriteLineAsync($"{model} is missing; run `dotnet run --project NeuralMask.Cli -- models pull {manifest.Id}` first, or give --models FOLDER.");
            return 1;
        }

        var threads = Environment.ProcessorCount;
        var port = ChildProcess.FreePort();
        var jpeg = OneMegapixel();
        var self = typeof(PathBenchmark).Assembly.Location;
        using var plain = ChildProcess.OfAssembly(self, "bare", model, $"{threads}", BareLoop.DefaultOptions);
        using var bare = ChildProcess.OfAssembly(self, "bare", model, $"{threads}", BareLoop.ServiceOptions);
        using var service = ChildProcess.OfAssembly(
            ChildProcess.Assembly("NeuralMask.Api"), "--urls", $"http://127.0.0.1:{port}", "--NeuralMask:ModelPath", store.FolderOf(manifest), "--NeuralMask:ThreadsPerSession", $"{threads}", "--NeuralMask:AnonymousMegapixelsPerMinute", "100000");
        service.Ignore();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(2) };
        await service.UntilReady(client.BaseAddress);

        var (bareTimes, serviceTimes) = (new List<double>(), new List<double>());
        for (var round = -WarmUp; round < rounds; round++)
        {
            await plain.Ask();
            var (a, b) = (await bare.Ask(), await Post(client, jpeg));
            if (round >= 0)
            {
                bareTimes.Add(a);
                serviceTimes.Add(b);
            }
        }

        Print(threads, jpeg.Length, bareTimes, serviceTimes, (plain.PeakMiB, bare.PeakMiB, service.PeakMiB));
        return 0;
    }

    private static void Print(int threads, int bytes, List<double> bare, List<double> service, (double Plain, double Bare, double Service) peak)
    {
        var pairs = service.Zip(bare, (a, b) => a / b).ToList();
        var table = new Table().AddColumns("", "bare loop", "service", "ratio");
        table.AddRow("wall, median of pairs", $"{Median(bare):0} ms", $"{Median(service):0} ms", $"{Median(pairs):0.000} (goal ≤ 1.10)");
        table.AddRow("wall, spread of pairs", "", "", $"{pairs.Min():0.000} to {pairs.Max():0.000}");
        table.AddRow("peak memory, bare loop with the service's options", $"{peak.Bare:0} MiB", $"{peak.Service:0} MiB", $"{peak.Service / peak.Bare:0.00}");
        table.AddRow("peak memory, bare loop with default options", $"{peak.Plain:0} MiB", $"{peak.Service:0} MiB", $"{peak.Service / peak.Plain:0.00}");
        AnsiConsole.MarkupLine($"1 MP JPEG of {bytes / 1024} KiB to a PNG cut-out, {threads} threads, {bare.Count} pairs");
        AnsiConsole.Write(table);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> Post(HttpClient client, byte[] jpeg)
    {
        var began = Stopwatch.GetTimestamp();
        using var body = new ByteArrayContent(jpeg);
        body.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var answer = await client.PostAsync("/process", body);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    // The self-test's hair picture: detail for the decoder and the encoder, and nobody's photo.
    internal static byte[] OneMegapixel()
    {
        var drawn = SelfTestPicture.DrawAll(1000, 1000)[1];
        using var picture = new Picture(drawn.Width, drawn.Height);
        for (var i = 0; i < drawn.Width * drawn.Height; i++)
        {
            drawn.Rgb.AsSpan(i * 3, 3).CopyTo(picture.Pixels[(i * 4)..]);
            picture.Pixels[(i * 4) + 3] = byte.MaxValue;
        }

        using var file = PictureEncoder.ColourJpeg(picture, PictureEncoder.DefaultQuality, CancellationToken.None);
        return file.Bytes.ToArray();
    }
}
