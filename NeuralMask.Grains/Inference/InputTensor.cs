using Microsoft.ML.OnnxRuntime;
using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Grains.Inference;

/// <summary>
/// Turns 8-bit RGB into the values a network takes. There are only 256 values a channel, so each is computed once, in
/// double precision, when the session is made.
/// </summary>
internal sealed class InputTensor
{
    private readonly ModelInput _input;
    private readonly float[][]? _singles;
    private readonly Float16[][]? _halves;
    private float[] _singleBuffer = [];
    private Float16[] _halfBuffer = [];

    public InputTensor(ModelInput input)
    {
        _input = input;
        if (input.Type == TensorType.Float16)
        {
            _halves = Tables(input, value => new Float16(BitConverter.HalfToUInt16Bits((Half)value)));
        }
        else
        {
            _singles = Tables(input, value => (float)value);
        }
    }

    /// <summary>A tensor over a buffer of this object, valid until the next call.</summary>
    /// <param name="rgb">8-bit RGB, three bytes a pixel.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public OrtValue Fill(ReadOnlySpan<byte> rgb, int width, int height)
    {
        long[] shape = _input.Layout == TensorLayout.Nchw ? [1, 3, height, width] : [1, height, width, 3];
        return _halves is null
            ? Fill(rgb, _singles!, ref _singleBuffer, shape)
            : Fill(rgb, _halves, ref _halfBuffer, shape);
    }

    private OrtValue Fill<T>(ReadOnlySpan<byte> rgb, T[][] tables, ref T[] buffer, long[] shape)
        where T : unmanaged
    {
        if (buffer.Length != rgb.Length)
        {
            buffer = new T[rgb.Length];
        }

        var pixels = rgb.Length / 3;
        for (var channel = 0; channel < 3; channel++)
        {
            var table = tables[channel];
            var source = _input.Channels == ChannelOrder.Rgb ? channel : 2 - channel;
            if (_input.Layout == TensorLayout.Nchw)
            {
                var plane = buffer.AsSpan(channel * pixels, pixels);
                for (var i = 0; i < plane.Length; i++, source += 3)
                {
                    plane[i] = table[rgb[source]];
                }
            }
            else
            {
                for (var i = channel; i < buffer.Length; i += 3, source += 3)
                {
                    buffer[i] = table[rgb[source]];
                }
            }
        }

        return OrtValue.CreateTensorValueFromMemory(buffer, shape);
    }

    private static T[][] Tables<T>(ModelInput input, Func<double, T> convert) =>
        [.. Enumerable.Range(0, 3).Select(channel => Enumerable.Range(0, 256)
            .Select(value => convert(((value * input.Scale) - input.Mean[channel]) / input.Std[channel]))
            .ToArray())];
}
