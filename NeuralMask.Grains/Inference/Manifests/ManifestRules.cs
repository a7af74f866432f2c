using System.Text.RegularExpressions;

namespace NeuralMask.Grains.Inference.Manifests;

/// <summary>
/// The rules that JSON's shape alone does not express. Each error is a sentence that begins with the field and ends
/// with what to write instead.
/// </summary>
internal static partial class ManifestRules
{
    private const int LargestSide = 8192;

    private const int LargestBatch = 64;

    public static IReadOnlyList<string> Check(ModelManifest manifest)
    {
        var errors = new List<string>();
        if (manifest.Schema != ModelManifest.CurrentSchema)
        {
            errors.Add($"schema is '{manifest.Schema}'; write '{ModelManifest.CurrentSchema}'.");
        }

        if (!IsId(manifest.Id))
        {
            errors.Add($"id is '{manifest.Id}'; write 1 to 64 lower-case letters, digits, dots and dashes, beginning and ending with a letter or digit, without two dots in a row.");
        }

        RequireText(manifest.Version, "version", errors);
        RequireText(manifest.Summary, "summary", errors);
        RequireText(manifest.Licence.Weights, "licence.weights", errors);
        if (!ModelSourceRules.IsHttps(manifest.Licence.WeightsUrl))
        {
            errors.Add($"licence.weightsUrl is '{manifest.Licence.WeightsUrl}'; write an https address.");
        }

        ManifestFileRules.Check(manifest, errors);
        CheckInput(manifest.Input, errors);
        CheckOutput(manifest.Output, errors);
        if (manifest.Batch.Max is < 1 or > LargestBatch)
        {
            errors.Add($"batch.max is {manifest.Batch.Max}; write a number from 1 to {LargestBatch}.");
        }

        CheckSelfTest(manifest.SelfTest, errors);
        return errors;
    }

    public static bool IsId(string id) => IdPattern().IsMatch(id) && !id.Contains("..", StringComparison.Ordinal);

    public static void RequireText(string? text, string field, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add($"{field} is empty; write a value.");
        }
    }

    public static void RequireKnown<T>(T value, string field, List<string> errors)
        where T : struct, Enum
    {
        // The converter also takes numbers, which may lie outside the enum.
        if (!Enum.IsDefined(value))
        {
            errors.Add($"{field} is {value:D}; write one of the words that the field knows.");
        }
    }

    private static void CheckInput(ModelInput input, List<string> errors)
    {
        RequireKnown(input.Type, "input.type", errors);
        RequireKnown(input.Layout, "input.layout", errors);
        RequireKnown(input.Channels, "input.channels", errors);
        RequireKnown(input.Resize, "input.resize", errors);
        RequireKnown(input.Filter, "input.filter", errors);
        RequireNameOrNull(input.Name, "input.name", errors);
        RequireSide(input.Width, "input.width", errors);
        RequireSide(input.Height, "input.height", errors);
        if (input.MultipleOf is < 1 or > LargestSide)
        {
            errors.Add($"input.multipleOf is {input.MultipleOf}; write a number from 1 to {LargestSide}.");
        }
        else
        {
            RequireMultiple(input.Width, input.MultipleOf, "input.width", errors);
            RequireMultiple(input.Height, input.MultipleOf, "input.height", errors);
            RequireMultiple(input.ReferenceSide ?? 0, input.MultipleOf, "input.referenceSide", errors);
        }

        CheckReferenceSide(input, errors);
        if (!double.IsFinite(input.Scale) || input.Scale <= 0)
        {
            errors.Add($"input.scale is {input.Scale}; write a number above 0, such as 0.00392156862745098 for 1/255.");
        }

        if (input.Mean.Count != 3 || !input.Mean.All(double.IsFinite))
        {
            errors.Add($"input.mean has {input.Mean.Count} values; write 3 numbers, one a channel.");
        }

        if (input.Std.Count != 3 || !input.Std.All(value => double.IsFinite(value) && value != 0))
        {
            errors.Add($"input.std is [{string.Join(", ", input.Std)}]; write 3 numbers, one a channel, none of them 0.");
        }
    }

    private static void CheckReferenceSide(ModelInput input, List<string> errors)
    {
        if (input.Resize != ResizeMode.ShortSide)
        {
            if (input.ReferenceSide is not null)
            {
                errors.Add("input.referenceSide counts only where input.resize is 'short-side'; remove it or write that.");
            }

            return;
        }

        if (!input.Dynamic)
        {
            errors.Add("input.resize is 'short-side', whose canvas follows the picture; write input.dynamic true, or another resize.");
        }

        if (input.ReferenceSide is not { } side)
        {
            errors.Add("input.referenceSide is missing, and 'short-side' needs it; write the length in pixels of the shorter side.");
        }
        else if (side < 1 || side > Math.Min(input.Width, input.Height))
        {
            errors.Add($"input.referenceSide is {side}; write a number from 1 to the smaller of input.width and input.height.");
        }
    }

    private static void CheckOutput(ModelOutput output, List<string> errors)
    {
        RequireKnown(output.Type, "output.type", errors);
        RequireKnown(output.Activation, "output.activation", errors);
        RequireNameOrNull(output.Name, "output.name", errors);
        if (output.Width is null != output.Height is null)
        {
            errors.Add("output.width and output.height belong together; write both or neither.");
        }

        if (output.Width is { } width)
        {
            RequireSide(width, "output.width", errors);
        }

        if (output.Height is { } height)
        {
            RequireSide(height, "output.height", errors);
        }

        var severalClasses = output.Activation is Activation.Softmax or Activation.Argmax;
        if (severalClasses ? output.Classes < 2 : output.Classes != 1)
        {
            errors.Add($"output.classes is {output.Classes}; write 1 for activation 'none' and 'sigmoid', 2 or more for 'softmax' and 'argmax'.");
        }
        else if (output.BackgroundClass < 0 || output.BackgroundClass >= output.Classes)
        {
            errors.Add($"output.backgroundClass is {output.BackgroundClass}; write a number from 0 to {output.Classes - 1}.");
        }
    }

    private static void CheckSelfTest(ModelSelfTest test, List<string> errors)
    {
        RequireShare(test.BackgroundMax, "selfTest.backgroundMax", errors);
        RequireShare(test.SubjectMin, "selfTest.subjectMin", errors);
        RequireShare(test.MaxMeanError, "selfTest.maxMeanError", errors);
        if (test.BackgroundMax >= test.SubjectMin)
        {
            errors.Add($"selfTest.backgroundMax is {test.BackgroundMax}; write a value below selfTest.subjectMin, which is {test.SubjectMin}.");
        }
    }

    private static void RequireShare(double value, string field, List<string> errors)
    {
        if (!(value is >= 0 and <= 1))
        {
            errors.Add($"{field} is {value}; write a number from 0 to 1.");
        }
    }

    private static void RequireSide(int side, string field, List<string> errors)
    {
        if (side is < 1 or > LargestSide)
        {
            errors.Add($"{field} is {side}; write a number of pixels from 1 to {LargestSide}.");
        }
    }

    private static void RequireMultiple(int side, int multiple, string field, List<string> errors)
    {
        if (side % multiple != 0)
        {
            errors.Add($"{field} is {side}, no multiple of input.multipleOf; write a multiple of {multiple}.");
        }
    }

    private static void RequireNameOrNull(string? name, string field, List<string> errors)
    {
        if (name is not null && string.IsNullOrWhiteSpace(name))
        {
            errors.Add($"{field} is empty; write the name in the graph, or leave the field out to go by position.");
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?\z")]
    private static partial Regex IdPattern();
}
