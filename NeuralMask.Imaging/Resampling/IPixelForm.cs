namespace NeuralMask.Imaging;

/// <summary>What pixels are while they are resampled: how bytes become four floats a pixel, and four floats bytes.</summary>
internal interface IPixelForm
{
    /// <summary>Bytes of a target pixel.</summary>
    static abstract int TargetBytes { get; }

    /// <summary>Turns R, G, B, A bytes into four floats a pixel, of 0 to 255.</summary>
    static abstract void Load(ReadOnlySpan<byte> rgba, Span<float> row);

    /// <summary>Turns four floats a pixel, which may lie a little outside 0 to 255, into <see cref="TargetBytes"/> bytes.</summary>
    static abstract void Store(ReadOnlySpan<float> row, Span<byte> target);
}
