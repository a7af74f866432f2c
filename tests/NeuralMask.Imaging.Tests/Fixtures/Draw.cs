using System.Runtime.InteropServices;
using SkiaSharp;

namespace NeuralMask.Imaging.Tests;

/// <summary>Makes pictures and files of them.</summary>
internal static class Draw
{
    public delegate (int R, int G, int B, int A) Pixel(int x, int y);

    public static PictureLimits Limits { get; } = new();

    public static Picture Of(int width, int height, Pixel pixel)
    {
        var picture = new Picture(width, height);
        var pixels = picture.Pixels;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (r, g, b, a) = pixel(x, y);
                var at = ((y * width) + x) * 4;
                (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]) = ((byte)r, (byte)g, (byte)b, (byte)a);
            }
        }

        return picture;
    }

    /// <summary>Smooth, different in every corner, so that turns show and JPEG keeps it.</summary>
    public static Picture Gradient(int width, int height) =>
        Of(width, height, (x, y) => (40 + (170 * x / width), 40 + (170 * y / height), 200 - (150 * x / width), 255));

    public static Picture Noise(int width, int height, int seed)
    {
        var dice = new Random(seed);
        var picture = new Picture(width, height);
        dice.NextBytes(picture.Pixels);
        return picture;
    }

    public static byte[] Jpeg(Picture picture) => Encode(picture, SKEncodedImageFormat.Jpeg, 100);

    public static byte[] Png(Picture picture) => Encode(picture, SKEncodedImageFormat.Png, 100);

    /// <summary>PNG for large pictures, in a fraction of the time.</summary>
    public static byte[] FastPng(Picture picture)
    {
        using var file = PictureEncoder.Png(picture, CancellationToken.None);
        return file.Bytes.ToArray();
    }

    /// <summary>PNG with 16 bits a channel, of values that round back to the picture's.</summary>
    public static byte[] WidePng(Picture picture)
    {
        var wide = new ushort[picture.Pixels.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = (ushort)((picture.Pixels[i] * 257) + (i % 100 * (picture.Pixels[i] == 255 ? 0 : 1)));
        }

        var pin = GCHandle.Alloc(wide, GCHandleType.Pinned);
        using var pixels = new SKPixmap(
            new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba16161616, SKAlphaType.Unpremul), pin.AddrOfPinnedObject());
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 1));
        pin.Free();
        return data!.ToArray();
    }

    /// <summary>Quality 100 is lossless.</summary>
    public static byte[] WebP(Picture picture, int quality = 100)
    {
        using var pixels = Pixmap(picture, out var pin);
        using var data = pixels.Encode(new SKWebpEncoderOptions(
            quality == 100 ? SKWebpEncoderCompression.Lossless : SKWebpEncoderCompression.Lossy, quality));
        pin.Free();
        return data!.ToArray();
    }

    public static Picture Read(byte[] file) => PictureDecoder.Decode(file, PictureHeader.Read(file, Limits), CancellationToken.None);

    public static Picture Read(byte[] file, DamagedPixels damage) =>
        PictureDecoder.Decode(file, PictureHeader.Read(file, Limits), damage, CancellationToken.None);

    public static (int R, int G, int B, int A) At(Picture picture, int x, int y)
    {
        var at = ((y * picture.Width) + x) * 4;
        var pixels = picture.Pixels;
        return (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]);
    }

    private static byte[] Encode(Picture picture, SKEncodedImageFormat format, int quality)
    {
        using var pixels = Pixmap(picture, out var pin);
        using var data = pixels.Encode(format, quality);
        pin.Free();
        return data!.ToArray();
    }

    private static SKPixmap Pixmap(Picture picture, out GCHandle pin)
    {
        pin = GCHandle.Alloc(picture.Pixels.ToArray(), GCHandleType.Pinned);
        return new SKPixmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul), pin.AddrOfPinnedObject());
    }
}
