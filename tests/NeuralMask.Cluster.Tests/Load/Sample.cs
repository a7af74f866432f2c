using System.Buffers.Binary;
using NeuralMask.Imaging;

namespace NeuralMask.Cluster.Tests.Load;

/// <summary>Small pictures, each of a size that no other has, so that an answer that was mixed up would show.</summary>
internal sealed class Sample
{
    private const int Height = 120;
    private static readonly Sample[] All = [.. Enumerable.Range(0, 16).Select(number => new Sample(160 + number))];
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private readonly int _width;

    private Sample(int width)
    {
        _width = width;
        using var picture = new Picture(width, Height);
        for (var i = 0; i < width * Height; i++)
        {
            var (x, y) = (i % width, i / width);
            picture.Pixels[i * 4] = (byte)x;
            picture.Pixels[(i * 4) + 1] = (byte)y;
            picture.Pixels[(i * 4) + 2] = (byte)(x + y);
            picture.Pixels[(i * 4) + 3] = byte.MaxValue;
        }

        using var file = PictureEncoder.ColourJpeg(picture, PictureEncoder.DefaultQuality, CancellationToken.None);
        Jpeg = file.Bytes.ToArray();
    }

    public byte[] Jpeg { get; }

    public static Sample Of(int number) => All[number % All.Length];

    /// <summary>What is wrong with an answer's body; null for a whole PNG of this picture's size.</summary>
    public string? Fault(ReadOnlySpan<byte> png)
    {
        if (png.Length < 45 || !png.StartsWith(Signature) || !png[^8..^4].SequenceEqual("IEND"u8))
        {
            return $"{png.Length} bytes that are no whole PNG";
        }

        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));
        return width == _width && height == Height ? null : $"a PNG of {width} × {height} pixels in place of {_width} × {Height}";
    }
}
