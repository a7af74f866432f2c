using System.Text.Json.Serialization;

namespace NeuralMask.Grains.Inference.Manifests;

/// <summary>What a network takes: a value is <c>(byte * Scale - Mean[c]) / Std[c]</c>.</summary>
public sealed record ModelInput
{
    /// <summary>Name in the graph; null means the first input.</summary>
    public string? Name { get; init; }

    /// <summary>Element type in the graph.</summary>
    public TensorType Type { get; init; } = TensorType.Float32;

    /// <summary>Order of the axes.</summary>
    public TensorLayout Layout { get; init; } = TensorLayout.Nchw;

    /// <summary>Order of the colour channels.</summary>
    public ChannelOrder Channels { get; init; } = ChannelOrder.Rgb;

    /// <summary>Width of the network's canvas in pixels; the largest side where <see cref="Dynamic"/> is set.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the network's canvas in pixels; the largest side where <see cref="Dynamic"/> is set.</summary>
    public required int Height { get; init; }

    /// <summary>True where the graph takes other canvases too, in steps of <see cref="MultipleOf"/>.</summary>
    public bool Dynamic { get; init; }

    /// <summary>Sides of the canvas are multiples of this.</summary>
    public int MultipleOf { get; init; } = 1;

    /// <summary>How a picture is brought onto the canvas.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Stretch;

    /// <summary>Kernel of that resize.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>For <see cref="ResizeMode.ShortSide"/>: length in pixels that the shorter side is brought to.</summary>
    public int? ReferenceSide { get; init; }

    /// <summary>Factor on the 8-bit value; 1/255 brings it into 0..1. Never the picture's own maximum.</summary>
    public required double Scale { get; init; }

    /// <summary>Subtracted after scaling; one value a channel in the order of <see cref="Channels"/>.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>Divisor after the subtraction; one value a channel, none zero.</summary>
    public required IReadOnlyList<double> Std { get; init; }
}

/// <summary>What a network gives.</summary>
public sealed record ModelOutput
{
    /// <summary>Name in the graph; null means that <see cref="Index"/> counts.</summary>
    public string? Name { get; init; }

    /// <summary>Position among the outputs where no name is given; negative counts from the end.</summary>
    public int Index { get; init; }

    /// <summary>Element type in the graph.</summary>
    public TensorType Type { get; init; } = TensorType.Float32;

    /// <summary>Width of the mask where it differs from the input's canvas; else null.</summary>
    public int? Width { get; init; }

    /// <summary>Height of the mask where it differs from the input's canvas; else null.</summary>
    public int? Height { get; init; }

    /// <summary>What is still to be applied to the output, exactly once.</summary>
    public required Activation Activation { get; init; }

    /// <summary>Number of class planes; 1 for a matte.</summary>
    public int Classes { get; init; } = 1;

    /// <summary>Where there are several classes: the one that is background. Alpha is the share of all others.</summary>
    public int BackgroundClass { get; init; }
}

/// <summary>Element type of a tensor.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TensorType>))]
public enum TensorType
{
    /// <summary>32-bit floating point.</summary>
    [JsonStringEnumMemberName("float32")] Float32,

    /// <summary>16-bit floating point.</summary>
    [JsonStringEnumMemberName("float16")] Float16,
}

/// <summary>Order of a tensor's axes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TensorLayout>))]
public enum TensorLayout
{
    /// <summary>Batch, channel, row, column.</summary>
    [JsonStringEnumMemberName("nchw")] Nchw,

    /// <summary>Batch, row, column, channel.</summary>
    [JsonStringEnumMemberName("nhwc")] Nhwc,
}

/// <summary>Order of the colour channels of a tensor.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelOrder>))]
public enum ChannelOrder
{
    /// <summary>Red first.</summary>
    [JsonStringEnumMemberName("rgb")] Rgb,

    /// <summary>Blue first.</summary>
    [JsonStringEnumMemberName("bgr")] Bgr,
}

/// <summary>How a picture is brought onto a network's canvas.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResizeMode>))]
public enum ResizeMode
{
    /// <summary>Both sides to the canvas, each by its own factor.</summary>
    [JsonStringEnumMemberName("stretch")] Stretch,

    /// <summary>One factor for both sides, the picture in the top left corner, the rest black.</summary>
    [JsonStringEnumMemberName("letterbox")] Letterbox,

    /// <summary>The shorter side to the reference length, both sides rounded to the multiple; the canvas follows the picture.</summary>
    [JsonStringEnumMemberName("short-side")] ShortSide,
}

/// <summary>Function that turns a network's output into alpha.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Activation>))]
public enum Activation
{
    /// <summary>The graph gives alpha already.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>The graph gives logits.</summary>
    [JsonStringEnumMemberName("sigmoid")] Sigmoid,

    /// <summary>The graph gives logits of several classes; alpha is one less the background's share.</summary>
    [JsonStringEnumMemberName("softmax")] Softmax,

    /// <summary>The graph gives scores of several classes; alpha is 1 where the background does not win.</summary>
    [JsonStringEnumMemberName("argmax")] Argmax,
}

/// <summary>Kernel of a resize; each widens with the factor when it shrinks, so that nothing is skipped.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResizeFilter>))]
public enum ResizeFilter
{
    /// <summary>Triangle, support 1.</summary>
    [JsonStringEnumMemberName("bilinear")] Bilinear,

    /// <summary>Box: the mean of the covered pixels.</summary>
    [JsonStringEnumMemberName("area")] Area,

    /// <summary>Lanczos with three lobes.</summary>
    [JsonStringEnumMemberName("lanczos")] Lanczos,
}
