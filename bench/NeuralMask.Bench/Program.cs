using System.Globalization;
using NeuralMask.Bench.Cluster;
using NeuralMask.Bench.Routing;
using NeuralMask.Bench.WholePath;

return args switch
{
    ["path", .. var rest] => await PathBenchmark.Run(rest),
    ["bare", var model, var threads, var options] => BareLoop.Serve(model, int.Parse(threads, CultureInfo.InvariantCulture), options),
    ["routing"] => RoutingBenchmark.Run(300_000),
    ["routing", var jobs] => RoutingBenchmark.Run(int.Parse(jobs, CultureInfo.InvariantCulture)),
    ["cluster"] => await ClusterBenchmark.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/NeuralMask.Bench -- path [--models FOLDER] [--rounds N]
            One 1 MP JPEG through the whole service over a bare session loop: time and peak memory.
        dotnet run -c Release --project bench/NeuralMask.Bench -- routing [PICTURES]
            The router on a simulated clock over round robin and over one central queue.
        dotnet run -c Release --project bench/NeuralMask.Bench -- cluster
            Front and two silos with simulated sessions: saturation and round trip. Needs redis-server.
        """);
    return 2;
}
