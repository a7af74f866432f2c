using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Testing.Onnx;

namespace NeuralMask.Testing;

/// <summary>What a <see cref="ToyModel"/> has inside.</summary>
public enum ToyGraph
{
    /// <summary>Gives logits.</summary>
    Logits,

    /// <summary>Has its sigmoid inside.</summary>
    Sigmoid,

    /// <summary>Has its sigmoid inside and takes and gives half precision.</summary>
    HalfSigmoid,
}

/// <summary>
/// A network of one convolution that tells the self-test's product from its backdrop by colour: red, dark and
/// yellowish is subject, light grey and blue is background. It makes everything around a network testable without
/// weights, and it is picky about channels, scale and activation as real networks are.
/// </summary>
public sealed class ToyModel
{
    public const string FileName = "toy.onnx";
    private const int Float = 1;
    private const int Half = 10;

    // On values of 0..1; found by hand from the colours of the product picture.
    private static readonly float[] Weights = [360, -180, -360];
    private const float Bias = 138;

    /// <summary>Writes the graph and its manifest into a folder, as a model's folder looks to an operator.</summary>
    public static ModelManifest Write(string folder, ToyGraph graph, Func<ModelManifest, ModelManifest>? change = null, int side = 128)
    {
        Directory.CreateDirectory(folder);
        var bytes = Build(graph, side);
        File.WriteAllBytes(Path.Combine(folder, FileName), bytes);
        var type = graph == ToyGraph.HalfSigmoid ? Grains.Inference.Manifests.TensorType.Float16 : Grains.Inference.Manifests.TensorType.Float32;
        var manifest = new ModelManifest
        {
            Schema = ModelManifest.CurrentSchema,
            Id = "toy",
            Version = "1",
            Summary = "A colour key for tests.",
            Licence = new ModelLicence { Weights = "MIT", WeightsUrl = "https://example.org/licence", Commercial = true, MayBeResold = true },
            DefaultFile = FileName,
            Files =
            [
                new ModelFile
                {
                    Name = FileName,
                    Precision = ModelPrecision.Fp32,
                    Providers = ["cpu"],
                    Bytes = bytes.Length,
                    Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                    Verified = true,
                    Sources = [new ModelSource { File = Path.Combine(folder, FileName) }],
                },
            ],
            Input = new ModelInput { Name = "picture", Type = type, Width = side, Height = side, Scale = 1 / 255.0, Mean = [0.5, 0.5, 0.5], Std = [0.5, 0.5, 0.5] },
            Output = new ModelOutput { Name = "matte", Type = type, Activation = graph == ToyGraph.Logits ? Activation.Sigmoid : Activation.None },
        };
        manifest = change?.Invoke(manifest) ?? manifest;
        File.WriteAllText(Path.Combine(folder, "model.json"), JsonSerializer.Serialize(manifest, Json));
        return manifest;
    }

    /// <summary>The model as a session takes it.</summary>
    public static LoadedModel Load(string folder, ToyGraph graph, Func<ModelManifest, ModelManifest>? change = null, int side = 128)
    {
        var manifest = Write(folder, graph, change, side);
        return new LoadedModel(manifest, manifest.Files[0], Path.Combine(folder, FileName), Record: null);
    }

    private static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    private static byte[] Build(ToyGraph kind, int side)
    {
        // The manifest's normalisation is undone inside: v = x / 2 + 1/2.
        var weights = Weights.Select(weight => weight / 2).ToArray();
        var bias = Bias + (Weights.Sum() / 2);
        var type = kind == ToyGraph.HalfSigmoid ? Half : Float;
        var graph = new Graph
        {
            Name = "toy",
            Initializer = { Constant("weights", type, [1, 3, 1, 1], weights), Constant("bias", type, [1], [bias]) },
            Input = { Value("picture", type, [1, 3, side, side]) },
            Output = { Value("matte", type, [1, 1, side, side]) },
        };
        graph.Node.Add(new Node { OpType = "Conv", Name = "key", Input = { "picture", "weights", "bias" }, Output = { kind == ToyGraph.Logits ? "matte" : "logits" } });
        if (kind != ToyGraph.Logits)
        {
            graph.Node.Add(new Node { OpType = "Sigmoid", Name = "squash", Input = { "logits" }, Output = { "matte" } });
        }

        return new Model { IrVersion = 8, ProducerName = "neuralmask tests", Graph = graph, OpsetImport = { new OperatorSet { Version = 17 } } }.ToByteArray();
    }

    private static Tensor Constant(string name, int type, long[] dims, float[] values)
    {
        var raw = type == Float
            ? MemoryMarshal.AsBytes<float>(values).ToArray()
            : MemoryMarshal.AsBytes<System.Half>(values.Select(value => (System.Half)value).ToArray()).ToArray();
        return new Tensor { Name = name, DataType = type, Dims = { dims }, RawData = ByteString.CopyFrom(raw) };
    }

    private static ValueInfo Value(string name, int type, long[] dims) => new()
    {
        Name = name,
        Type = new Onnx.ValueType { TensorType = new Onnx.TensorType { ElemType = type, Shape = new Shape { Dim = { dims.Select(dim => new Dimension { DimValue = dim }) } } } },
    };
}
