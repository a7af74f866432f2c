using System.Buffers;
using System.Runtime.InteropServices;

namespace NeuralMask.Imaging;

/// <summary>A soft black shadow behind a subject, as if it lay a little above the background.</summary>
/// <param name="Opacity">How dark it is.</param>
/// <param name="Right">How far it lies right of the subject, in pixels; negative is left.</param>
/// <param name="Down">How far it lies below, in pixels; negative is above.</param>
/// <param name="Softness">Radius in pixels of each of the three means that blur its edge; 0 leaves it sharp.</param>
public readonly record struct DropShadow(ShadowOpacity Opacity, int Right, int Down, int Softness)
{
    // Shares of the subject's shorter side: what designers' programs give a subject of 500 pixels as 10 and 20.
    private const double Distance = 0.02;
    private const double Softening = 0.02;

    /// <summary>A shadow below and right of a subject, in proportion to it.</summary>
    /// <param name="opacity">How dark it is.</param>
    /// <param name="subject">Where the subject is.</param>
    public static DropShadow For(ShadowOpacity opacity, PixelBox subject)
    {
        var side = Math.Min(subject.Width, subject.Height);
        var distance = (int)Math.Round(side * Distance);
        return new DropShadow(opacity, distance, distance, (int)Math.Round(side * Softening));
    }

    /// <summary>
    /// Puts the picture over its shadow, in place; straight alpha before and after. Lay it before any background. Costs
    /// two bytes a pixel while it runs, and the same time at any softness.
    /// </summary>
    /// <param name="picture">The picture; changed in place.</param>
    /// <param name="cancellationToken">Seen once a row; a picture that was cancelled may be changed in part.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Lay(Picture picture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (Opacity.Share <= 0 || picture.IsOpaque)
        {
            return;
        }

        var (width, height) = (picture.Width, picture.Height);
        var shadow = ArrayPool<byte>.Shared.Rent(width * height);
        var spare = ArrayPool<byte>.Shared.Rent(width * height);
        try
        {
            Cast(picture, shadow.AsSpan(0, width * height));
            RunningMean.Blur(shadow.AsSpan(0, width * height), spare.AsSpan(0, width * height), width, Softness, cancellationToken);
            Under(picture, shadow.AsSpan(0, width * height), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(shadow);
            ArrayPool<byte>.Shared.Return(spare);
        }
    }

    private void Cast(Picture picture, Span<byte> shadow)
    {
        shadow.Clear();
        var alpha = MemoryMarshal.Cast<byte, uint>(picture.Reading);
        var (width, height) = (picture.Width, picture.Height);
        var (left, right) = (Math.Clamp(Right, 0, width), Math.Clamp(width + Right, 0, width));
        for (var y = Math.Max(0, Down); y < Math.Min(height, height + Down); y++)
        {
            var row = alpha.Slice((y - Down) * width, width);
            for (var x = left; x < right; x++)
            {
                shadow[(y * width) + x] = (byte)(row[x - Right] >> 24);
            }
        }
    }

    private void Under(Picture picture, ReadOnlySpan<byte> shadow, CancellationToken cancellationToken)
    {
        Span<uint> black = stackalloc uint[256];
        for (var i = 0; i < black.Length; i++)
        {
            black[i] = (uint)((i * Opacity.Share) + 0.5) << 24;
        }

        var pixels = MemoryMarshal.Cast<byte, uint>(picture.Pixels);
        var width = picture.Width;
        var row = new uint[width];
        for (var y = 0; y < picture.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var values = shadow.Slice(y * width, width);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = black[values[x]];
            }

            StraightOver.Lay(pixels.Slice(y * width, width), row);
        }
    }
}
