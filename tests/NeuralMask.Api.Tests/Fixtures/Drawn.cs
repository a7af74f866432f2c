using System.Runtime.InteropServices;
using SkiaSharp;

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>
/// Pictures that the toy network sees as drawn: what is red is subject, what is blue is background. Edges are hard, so
/// that every pixel is of one of the two colours.
/// </summary>
internal static class Drawn
{
    public delegate (int R, int G, int B, int A) Pixel(int x, int y);

    public static readonly (int R, int G, int B, int A) Red = (220, 30, 30, 255);

    public static readonly (int R, int G, int B, int A) Blue = (40, 90, 200, 255);

    /// <summary>A disc in the middle that is half as wide as the shorter side.</summary>
    public static Disc Middle(int width, int height) => new(width, height, width / 2, height / 2, Math.Min(width, height) / 4);

    public static SKBitmap Of(int width, int height, Pixel pixel)
    {
        var bytes = new byte[width * height * 4];
        var at = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (r, g, b, a) = pixel(x, y);
                (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = ((byte)r, (byte)g, (byte)b, (byte)a);
                at += 4;
            }
        }

        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Marshal.Copy(bytes, 0, bitmap.GetPixels(), bytes.Length);
        return bitmap;
    }

    public static byte[] Png(int width, int height, Pixel pixel) => Encode(Of(width, height, pixel), SKEncodedImageFormat.Png, 100);

    public static byte[] Jpeg(int width, int height, Pixel pixel) => Encode(Of(width, height, pixel), SKEncodedImageFormat.Jpeg, 95);

    public static byte[] WebP(int width, int height, Pixel pixel) => Encode(Of(width, height, pixel), SKEncodedImageFormat.Webp, 95);

    /// <summary>Nothing but background.</summary>
    public static byte[] Empty(int width, int height) => Png(width, height, (_, _) => Blue);

    /// <summary>A disc on a background that no compression makes small.</summary>
    public static byte[] Noisy(int width, int height)
    {
        var dice = new Random(2_026);
        var disc = Middle(width, height);
        return Png(width, height, (x, y) =>
        {
            var (r, g, b, a) = disc.At(x, y);
            return (r - dice.Next(32), g + dice.Next(32), b + dice.Next(32), a);
        });
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality)
    {
        using (bitmap)
        using (var data = bitmap.Encode(format, quality))
        {
            return data.ToArray();
        }
    }
}

/// <summary>A red disc on blue.</summary>
internal sealed record Disc(int Width, int Height, int X, int Y, int Radius)
{
    public (int R, int G, int B, int A) At(int x, int y) => Distance(x, y) <= Radius ? Drawn.Red : Drawn.Blue;

    public double Distance(int x, int y) => Math.Sqrt(((x - X) * (x - X)) + ((y - Y) * (y - Y)));

    public byte[] Png() => Drawn.Png(Width, Height, At);

    public byte[] Jpeg() => Drawn.Jpeg(Width, Height, At);

    public byte[] WebP() => Drawn.WebP(Width, Height, At);

    /// <summary>Asserts that exactly the disc was kept; of the cells of the network's mask that its edge runs through nothing is said.</summary>
    public void IsKeptIn(Seen cutout)
    {
        Assert.Equal((Width, Height), (cutout.Width, cutout.Height));
        var margin = 2 + (2.0 * Math.Max(Width, Height) / 128);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var distance = Distance(x, y);
                var alpha = cutout.At(x, y).A;
                if (distance < Radius - margin)
                {
                    Assert.True(alpha == 255, $"alpha inside the disc is {alpha} at {x}, {y}");
                }
                else if (distance > Radius + margin)
                {
                    Assert.True(alpha == 0, $"alpha outside the disc is {alpha} at {x}, {y}");
                }
            }
        }
    }
}
