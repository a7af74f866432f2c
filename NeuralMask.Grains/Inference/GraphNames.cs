using Microsoft.ML.OnnxRuntime;
using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Grains.Inference;

/// <summary>The names that a manifest and its graph agreed on.</summary>
/// <param name="Input">Name of the input.</param>
/// <param name="Output">Name of the one output that is asked for.</param>
internal sealed record GraphNames(string Input, string Output)
{
    /// <summary>Holds a manifest against the graph of its file: names, element types, ranks and fixed sides.</summary>
    /// <exception cref="ModelException">They disagree.</exception>
    public static GraphNames Check(LoadedModel model, InferenceSession session)
    {
        var (input, output) = (model.Manifest.Input, model.Manifest.Output);
        var inputName = input.Name ?? session.InputNames[0];
        if (!session.InputMetadata.TryGetValue(inputName, out var given))
        {
            throw Misfit(model, "input.name", inputName, string.Join(", ", session.InputNames));
        }

        var index = output.Index < 0 ? session.OutputNames.Count + output.Index : output.Index;
        if (output.Name is null && (index < 0 || index >= session.OutputNames.Count))
        {
            throw Misfit(model, "output.index", $"{output.Index}", $"{session.OutputNames.Count} outputs");
        }

        var outputName = output.Name ?? session.OutputNames[index];
        if (!session.OutputMetadata.TryGetValue(outputName, out var got))
        {
            throw Misfit(model, "output.name", outputName, string.Join(", ", session.OutputNames));
        }

        CheckType(model, "input.type", input.Type, given);
        CheckType(model, "output.type", output.Type, got);
        int[] wanted = input.Layout == TensorLayout.Nchw
            ? [1, 3, input.Dynamic ? -1 : input.Height, input.Dynamic ? -1 : input.Width]
            : [1, input.Dynamic ? -1 : input.Height, input.Dynamic ? -1 : input.Width, 3];
        CheckShape(model, "input", wanted, given.Dimensions);

        // An exporter may leave the output's shape open or drop its axis of one; what comes out is checked at the self-test.
        if (got.Dimensions.Length == 4 && output.Classes > 1)
        {
            CheckShape(model, "output", [1, output.Classes, -1, -1], got.Dimensions);
        }
        else if (got.Dimensions.Length == 4 && !input.Dynamic)
        {
            CheckShape(model, "output", [1, 1, output.Height ?? input.Height, output.Width ?? input.Width], got.Dimensions);
        }

        return new GraphNames(inputName, outputName);
    }

    private static void CheckType(LoadedModel model, string field, TensorType wanted, NodeMetadata node)
    {
        var element = wanted == TensorType.Float16 ? typeof(Float16) : typeof(float);
        if (node.ElementType != element)
        {
            throw Misfit(model, field, wanted == TensorType.Float16 ? "float16" : "float32", node.ElementType?.Name ?? "no tensor");
        }
    }

    private static void CheckShape(LoadedModel model, string field, int[] wanted, int[] found)
    {
        // A side of -1 is open: the manifest's on dynamic networks, the graph's where it names no number.
        var fits = wanted.Length == found.Length && wanted.Zip(found).All(side => side.First < 0 || side.Second < 0 || side.First == side.Second);
        if (!fits)
        {
            throw Misfit(model, $"{field} shape", Sides(wanted), Sides(found));
        }
    }

    private static string Sides(int[] sides) => string.Join("×", sides.Select(side => side < 0 ? "any" : $"{side}"));

    private static ModelException Misfit(LoadedModel model, string field, string wanted, string found) => new(
        $"The manifest of {model.Manifest.Id} does not fit its graph {model.Path}: {field} is {wanted} in the manifest and {found} in the graph; correct model.json or use the file it was written for.");
}
