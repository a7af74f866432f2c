using NeuralMask.Imaging;

namespace NeuralMask.Quality;

/// <summary>One step of the finish, on top of those before it.</summary>
internal sealed record Stage(string Name, FinishOptions Options)
{
    public static IReadOnlyList<Stage> All { get; } =
    [
        new("bilinear", new FinishOptions { Edges = false, Snap = false, Foreground = false }),
        new("+ edges", new FinishOptions { Snap = false, Foreground = false }),
        new("+ snap", new FinishOptions { Foreground = false }),
        new("+ foreground", new FinishOptions()),
    ];
}
