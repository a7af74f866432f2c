using SkiaSharp;

namespace NeuralMask.Imaging;

/// <summary>A row of R, G, B, A samples of 16 bits on their way to 8-bit sRGB.</summary>
/// <param name="width">Pixels of the longest row.</param>
/// <param name="colours">What the samples mean; null for sRGB.</param>
internal sealed class WideRow(int width, SKColorSpace? colours)
{
    private const int Lanes = 4;

    /// <summary>Four samples a pixel.</summary>
    public ushort[] Samples { get; } = new ushort[width * Lanes];

    /// <summary>Rounds to the nearest byte, after converting the colours.</summary>
    /// <param name="target">Four bytes for as many pixels as are wanted.</param>
    public void Narrow(Span<byte> target)
    {
        if (colours is not null)
        {
            Convert(target);
            return;
        }

        var samples = Samples.AsSpan(0, target.Length);
        for (var i = 0; i < target.Length; i++)
        {
            // The same as (sample + 128) / 257 for every sample.
            target[i] = (byte)(((samples[i] * 255u) + 32_895) >> 16);
        }
    }

    private unsafe void Convert(Span<byte> target)
    {
        var pixels = target.Length / Lanes;
        using var srgb = SKColorSpace.CreateSrgb();
        var from = new SKImageInfo(pixels, 1, SKColorType.Rgba16161616, SKAlphaType.Unpremul, colours);
        var to = new SKImageInfo(pixels, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul, srgb);
        fixed (ushort* source = Samples)
        fixed (byte* result = target)
        {
            using var row = new SKPixmap(from, (nint)source);
            if (!row.ReadPixels(to, (nint)result, to.RowBytes))
            {
                throw new InvalidOperationException("The codec did not convert a row of 16-bit colours.");
            }
        }
    }
}
