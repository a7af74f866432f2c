using System.Buffers.Binary;

namespace NeuralMask.Imaging;

/// <summary>
/// What the chunks of a PNG file say that the codec does not pass on: it shows an animation as a still picture, does
/// not look for an orientation, and cuts 16 bits to 8 without rounding.
/// </summary>
internal static class PngFacts
{
    // The codec keeps a second picture while rows come in the order of seven passes.
    private const double InterlacedBytesPerPixel = 4;

    // The codec inflates text, to a thousand times its size at worst, before it throws it away.
    private const int CompressedWeight = 16;

    /// <summary>Walks the chunks without looking into the pixels.</summary>
    public static FileFacts Read(ReadOnlySpan<byte> png)
    {
        var facts = new FileFacts { Orientation = PictureOrientation.TopLeft };
        var chunks = new PngChunks(png);
        while (chunks.Next())
        {
            var data = chunks.Data;
            if (chunks.Is("IHDR"u8) && data.Length >= 13)
            {
                var wide = data[8] == 16;
                facts = facts with { HasSixteenBits = wide, CodecBytesPerPixel = data[12] != 0 && !wide ? InterlacedBytesPerPixel : 0 };
            }
            else if (chunks.Is("acTL"u8) && data.Length >= 4)
            {
                facts = facts with { Frames = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(data), 1u, int.MaxValue) };
            }
            else if (!chunks.Is("IDAT"u8) && !chunks.Is("fdAT"u8))
            {
                var weight = chunks.Is("zTXt"u8) || chunks.Is("iTXt"u8) ? CompressedWeight : 1;
                facts = facts with { MetadataBytes = facts.MetadataBytes + ((long)data.Length * weight) };
                if (chunks.Is("eXIf"u8))
                {
                    facts = facts with { Orientation = ExifOrientation.Read(data) };
                }
            }
        }

        return facts;
    }
}
