using System.Text.Json;

namespace NeuralMask.Grains.Inference.Providers;

/// <summary>What of a graph ran on the CPU although it should run on a GPU, read from a profile of ONNX Runtime.</summary>
/// <param name="ShapeArithmetic">Operators that give whole numbers or truth values only: shapes and indices.</param>
/// <param name="Work">Operators that give anything else.</param>
internal sealed record CpuResidue(IReadOnlyList<string> ShapeArithmetic, IReadOnlyList<string> Work)
{
    private const string CpuProvider = "CPUExecutionProvider";
    private static readonly HashSet<string> WholeNumbers = ["int64", "int32", "uint64", "uint32", "bool"];

    /// <summary>Reads a profile: a JSON array of events, of which those of kernels name their provider and what they gave.</summary>
    public static CpuResidue Read(string profile)
    {
        using var events = JsonDocument.Parse(profile);
        var (shapes, work) = (new SortedSet<string>(), new SortedSet<string>());
        foreach (var entry in events.RootElement.EnumerateArray())
        {
            if (entry.TryGetProperty("args", out var args)
                && args.TryGetProperty("provider", out var provider) && provider.GetString() == CpuProvider
                && args.TryGetProperty("op_name", out var name))
            {
                (GivesWholeNumbers(args) ? shapes : work).Add(name.GetString()!);
            }
        }

        return new CpuResidue([.. shapes], [.. work]);
    }

    // A kernel whose outputs are not named cannot be told to be harmless.
    private static bool GivesWholeNumbers(JsonElement args) =>
        args.TryGetProperty("output_type_shape", out var outputs)
        && outputs.GetArrayLength() > 0
        && outputs.EnumerateArray().SelectMany(output => output.EnumerateObject()).All(output => WholeNumbers.Contains(output.Name));
}
