using System.Globalization;
using NeuralMask.Drawn;
using NeuralMask.Imaging;

namespace NeuralMask.Quality;

/// <summary>
/// What each stage costs on one thread, on 12 megapixels of hair before foliage with about 10 % of soft pixels. In the
/// process's own processor time, the best of several runs: a busy machine's other work counts as little as it can.
/// </summary>
internal static class TimingRun
{
    private const int Runs = 15;

    public static int Run()
    {
        using var drawn = DrawnSet.Draw(SubjectKind.Hair, BackdropKind.Busy, 4000, 3000);
        var mask = NetworkMask.Perfect(drawn.Alpha);
        var placement = CanvasPlacement.Whole(mask.Width, mask.Height);
        var picture = drawn.Composite;
        var refined = EdgeRefinement.Refine(picture, mask, placement, CancellationToken.None);

        var bilinear = Best(() => MatteLayer.Spread(mask, placement, picture.Width, picture.Height, CancellationToken.None));
        var edges = Best(() => EdgeRefinement.Refine(picture, mask, placement, CancellationToken.None));
        var copy = Best(() => picture.Copy().Dispose());
        var foreground = Best(() =>
        {
            using var other = picture.Copy();
            ForegroundColour.Estimate(other, refined, CancellationToken.None);
        }) - copy;
        var all = Best(() =>
        {
            using var other = picture.Copy();
            MatteFinish.Apply(other, mask, placement, new FinishOptions(), CancellationToken.None);
        }) - copy;

        var soft = refined.Alpha.ToArray().Count(alpha => alpha is not (0 or 255)) / (double)refined.Alpha.Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"12 megapixels, {soft:P1} soft, one thread, best of {Runs}"));
        Console.WriteLine();
        Console.WriteLine("| stage | ms of processor time | of the bilinear spread |");
        Console.WriteLine("|---|---|---|");
        foreach (var (name, time) in new[] { ("bilinear spread", bilinear), ("spread with edges", edges), ("foreground colour", foreground), ("whole finish", all) })
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {time:F0} | {time / bilinear:F1} × |"));
        }

        return 0;
    }

    private static double Best(Action action)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Runs; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            action();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
        }

        return best;
    }
}
