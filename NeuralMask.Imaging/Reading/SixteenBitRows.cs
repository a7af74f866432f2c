using System.Runtime.InteropServices;
using SkiaSharp;

namespace NeuralMask.Imaging;

/// <summary>
/// Decodes 16 bits a channel and rounds them to 8. Asked for 8 bits, the codec drops the low byte, which darkens a
/// picture by half a level; half-precision floats are the only wider form that it gives, and they are off by at most
/// an eighth of a level. Costs a second buffer of twice the picture's size while it runs; such files are rare.
/// </summary>
internal static class SixteenBitRows
{
    // By the bits of a half-precision float: what lies outside 0..1 is clamped, what is no number is 0.
    private static readonly byte[] Levels = [.. Enumerable.Range(0, 1 << 16).Select(static bits => Level((ushort)bits))];

    public static unsafe SKCodecResult Fill(SKCodec codec, Picture picture)
    {
        using var colours = SKColorSpace.CreateSrgb();
        var info = new SKImageInfo(picture.Width, picture.Height, SKColorType.RgbaF16, SKAlphaType.Unpremul, colours);
        if (info.BytesSize64 > int.MaxValue)
        {
            return SKCodecResult.InvalidParameters;
        }

        var wide = new NativePixels((int)info.BytesSize64);
        try
        {
            fixed (byte* pixels = wide.GetSpan())
            {
                var result = codec.GetPixels(info, (nint)pixels, info.RowBytes, SKCodecOptions.Default);
                if (result == SKCodecResult.Success)
                {
                    Narrow(MemoryMarshal.Cast<byte, ushort>(wide.GetSpan()), picture.Pixels);
                }

                return result;
            }
        }
        finally
        {
            wide.Free();
        }
    }

    private static void Narrow(ReadOnlySpan<ushort> wide, Span<byte> narrow)
    {
        var levels = Levels;
        for (var i = 0; i < narrow.Length; i++)
        {
            narrow[i] = levels[wide[i]];
        }
    }

    private static byte Level(ushort bits)
    {
        var value = (float)BitConverter.UInt16BitsToHalf(bits);
        return float.IsNaN(value) ? (byte)0 : (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5f);
    }
}
