using CsCheck;

namespace NeuralMask.Imaging.Tests;

/// <summary>Generated cases that are the same in every run, so that a test which passed goes on passing.</summary>
internal static class Cases
{
    private const ulong Seed = 2_026;

    public static IEnumerable<T> Of<T>(Gen<T> generator, int count = 200)
    {
        var dice = new PCG(1, Seed);
        for (var i = 0; i < count; i++)
        {
            yield return generator.Generate(dice, null, out _);
        }
    }
}
