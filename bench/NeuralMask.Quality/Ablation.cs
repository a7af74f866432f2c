using System.Globalization;
using NeuralMask.Imaging;

namespace NeuralMask.Quality;

/// <summary>Collects the scores of every stage over a set and prints them as a Markdown table.</summary>
internal sealed class Ablation(string title, bool connectivity)
{
    private readonly List<(string Name, Scores[] Scores)> _rows = [];

    public void Add(string name, Picture picture, Mask mask, Mask truth, Picture? foreground)
    {
        var scores = Stage.All.Select(stage => Scores.Of(picture, mask, truth, foreground, stage, connectivity)).ToArray();
        _rows.Add((name, scores));
    }

    public void Print()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"## {title} ({_rows.Count} pictures)"));
        Console.WriteLine();
        Console.WriteLine("| stage | SAD | MSE | MAD | gradient | gradient, mean ratio | connectivity | foreground | background alpha |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        for (var i = 0; i < Stage.All.Count; i++)
        {
            double Mean(Func<Scores, double> value) => _rows.Average(row => value(row.Scores[i]));
            var ratio = _rows.Average(row => row.Scores[0].Gradient == 0 ? 1 : row.Scores[i].Gradient / row.Scores[0].Gradient);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Stage.All[i].Name} | {Mean(s => s.Alpha.Sad):F2} | {Mean(s => s.Alpha.Mse):F5} | {Mean(s => s.Alpha.Mad):F5} | {Mean(s => s.Gradient):F2} | {ratio:F3} | {Number(Mean(s => s.Connectivity ?? double.NaN), "F2")} | {Number(Mean(s => s.Foreground ?? double.NaN), "F4")} | {Mean(s => s.Haze):F5} |"));
        }

        Console.WriteLine();
        Console.WriteLine("| picture | gradient, bilinear | with edges | SAD, bilinear | with edges | foreground, naive | estimated |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (name, scores) in _rows)
        {
            var (plain, edges, last) = (scores[0], scores[1], scores[^1]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {plain.Gradient:F2} | {edges.Gradient:F2} | {plain.Alpha.Sad:F2} | {edges.Alpha.Sad:F2} | {Number(plain.Foreground ?? double.NaN, "F4")} | {Number(last.Foreground ?? double.NaN, "F4")} |"));
        }

        Console.WriteLine();
    }

    private static string Number(double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
}
