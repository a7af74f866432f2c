using NeuralMask.Drawn;

namespace NeuralMask.Quality;

/// <summary>The ablation on the drawn set, with the mask of a perfect network and with that of an imperfect one.</summary>
internal static class DrawnRun
{
    public static int Run(bool connectivity)
    {
        var perfect = new Ablation("Drawn set, perfect network of 1024 × 1024", connectivity);
        var imperfect = new Ablation("Drawn set, imperfect network of 1024 × 1024", connectivity);
        foreach (var (subject, backdrop, width, height) in DrawnSet.All)
        {
            using var drawn = DrawnSet.Draw(subject, backdrop, width, height);
            var mask = NetworkMask.Perfect(drawn.Alpha);
            var name = $"{drawn.Name}, {width} × {height}";
            perfect.Add(name, drawn.Composite, mask, drawn.Alpha, drawn.Foreground);
            imperfect.Add(name, drawn.Composite, NetworkMask.Imperfect(mask), drawn.Alpha, drawn.Foreground);
        }

        perfect.Print();
        imperfect.Print();
        return 0;
    }
}
