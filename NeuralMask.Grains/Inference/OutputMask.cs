using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Grains.Inference;

/// <summary>Turns what a network gives into 8-bit alpha: activation once, clamped, never stretched by its own extremes.</summary>
internal static class OutputMask
{
    /// <summary>Alpha of the first picture of the batch.</summary>
    /// <exception cref="ModelException">The output is not a mask, or holds something that is not a number.</exception>
    public static (byte[] Alpha, int Width, int Height) Read(LoadedModel model, OrtValue value)
    {
        var output = model.Manifest.Output;
        var shape = value.GetTensorTypeAndShape().Shape;
        if (shape.Length < 2)
        {
            throw new ModelException($"The output of {model} has {shape.Length} axes, and a mask has rows and columns at least; name the right output in model.json.");
        }

        var (height, width) = ((int)shape[^2], (int)shape[^1]);
        var plane = width * height;
        var values = Singles(output, value);
        if (values.Length < plane * output.Classes)
        {
            throw new ModelException($"The output of {model} has {values.Length / Math.Max(plane, 1)} planes where model.json says {output.Classes} classes; correct output.classes.");
        }

        values = values[..(plane * output.Classes)];

        // A sum is not a number as soon as one of its terms is not.
        if (!float.IsFinite(TensorPrimitives.Sum<float>(values)))
        {
            throw new ModelException($"The output of {model} holds values that are not numbers; use a file of higher precision.");
        }

        return (ToBytes(Activate(output, values, plane)), width, height);
    }

    private static ReadOnlySpan<float> Singles(ModelOutput output, OrtValue value)
    {
        if (output.Type == TensorType.Float32)
        {
            return value.GetTensorDataAsSpan<float>();
        }

        var halves = value.GetTensorDataAsSpan<Float16>();
        var singles = new float[halves.Length];
        for (var i = 0; i < singles.Length; i++)
        {
            singles[i] = (float)BitConverter.UInt16BitsToHalf(halves[i].value);
        }

        return singles;
    }

    private static ReadOnlySpan<float> Activate(ModelOutput output, ReadOnlySpan<float> values, int plane)
    {
        switch (output.Activation)
        {
            case Activation.None:
                return values[..plane];
            case Activation.Sigmoid:
                var alpha = new float[plane];
                TensorPrimitives.Sigmoid(values[..plane], alpha);
                return alpha;
            default:
                return Foreground(output, values, plane);
        }
    }

    private static float[] Foreground(ModelOutput output, ReadOnlySpan<float> values, int plane)
    {
        var alpha = new float[plane];
        Span<float> scores = stackalloc float[output.Classes];
        for (var i = 0; i < plane; i++)
        {
            for (var c = 0; c < scores.Length; c++)
            {
                scores[c] = values[(c * plane) + i];
            }

            if (output.Activation == Activation.Argmax)
            {
                alpha[i] = TensorPrimitives.IndexOfMax<float>(scores) == output.BackgroundClass ? 0 : 1;
            }
            else
            {
                TensorPrimitives.SoftMax(scores, scores);
                alpha[i] = 1 - scores[output.BackgroundClass];
            }
        }

        return alpha;
    }

    private static byte[] ToBytes(ReadOnlySpan<float> alpha)
    {
        var bytes = new byte[alpha.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((Math.Clamp(alpha[i], 0f, 1f) * 255f) + 0.5f);
        }

        return bytes;
    }
}
