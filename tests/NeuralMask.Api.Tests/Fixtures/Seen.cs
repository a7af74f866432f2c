using System.Runtime.InteropServices;
using SkiaSharp;

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>An answer's picture, decoded to straight alpha by a decoder that is not the service's.</summary>
internal sealed class Seen
{
    private readonly byte[] _pixels;

    private Seen(int width, int height, byte[] pixels)
    {
        (Width, Height) = (width, height);
        _pixels = pixels;
    }

    public int Width { get; }

    public int Height { get; }

    public static Seen Read(byte[] file, SKEncodedImageFormat expected)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        Assert.NotNull(codec);
        Assert.Equal(expected, codec.EncodedFormat);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var pixels = new byte[info.BytesSize];
        var pin = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(info, pin.AddrOfPinnedObject()));
        }
        finally
        {
            pin.Free();
        }

        return new Seen(info.Width, info.Height, pixels);
    }

    public static Seen Png(byte[] file) => Read(file, SKEncodedImageFormat.Png);

    public static Seen Jpeg(byte[] file) => Read(file, SKEncodedImageFormat.Jpeg);

    public (int R, int G, int B, int A) At(int x, int y)
    {
        var at = ((y * Width) + x) * 4;
        return (_pixels[at], _pixels[at + 1], _pixels[at + 2], _pixels[at + 3]);
    }

    public IEnumerable<(int R, int G, int B, int A)> All()
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                yield return At(x, y);
            }
        }
    }
}
