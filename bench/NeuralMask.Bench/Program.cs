using NeuralMask.Bench.WholePath;

return args switch
{
    ["path", .. var rest] => await PathBenchmark.Run(rest),
    ["bare", var model, var threads, var options] => BareLoop.Serve(model, int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/NeuralMask.Bench -- path [--models FOLDER] [--rounds N]
            One 1 MP JPEG through the whole service over a bare session loop: time and peak memory.
        """);
    return 2;
}
