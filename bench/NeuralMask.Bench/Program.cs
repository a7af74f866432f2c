using System.Globalization;
using NeuralMask.Bench.Routing;
using NeuralMask.Bench.WholePath;

return args switch
{
    ["path", .. var rest] => await PathBenchmark.Run(rest),
    ["bare", var model, var threads, var options] => BareLoop.Serve(model, int.Parse(threads, CultureInfo.InvariantCulture), options),
    ["routing"] => RoutingBenchmark.Run(300_000),
    ["routing", var jobs] => RoutingBenchmark.Run(int.Parse(jobs, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/NeuralMask.Bench -- path [--models FOLDER] [--rounds N]
            One 1 MP JPEG through the whole service over a bare session loop: time and peak memory.
        dotnet run -c Release --project bench/NeuralMask.Bench -- routing [PICTURES]
            The router on a simulated clock over round robin and over one central queue.
        """);
    return 2;
}
