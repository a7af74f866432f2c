namespace NeuralMask.Quality;

/// <summary>What the command line asks for.</summary>
internal sealed record Choice(string? Pictures, string? Alphas, string? Masks, bool Drawn, bool Timing, bool Connectivity)
{
    public static Choice Read(string[] args)
    {
        string? After(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        return new Choice(
            After("--pictures"), After("--alphas"), After("--masks"), args.Contains("--drawn"), args.Contains("--timing"), args.Contains("--connectivity"));
    }

    public static int Explain()
    {
        Console.Error.WriteLine("""
            NeuralMask.Quality --drawn [--connectivity]
            NeuralMask.Quality --timing
            NeuralMask.Quality --pictures FOLDER --alphas FOLDER [--masks FOLDER] [--connectivity]

            Files belong together by their names without extension. Without masks the true alpha, averaged to
            1024 × 1024, stands for the network's. Connectivity takes some seconds a picture.
            """);
        return 2;
    }
}
