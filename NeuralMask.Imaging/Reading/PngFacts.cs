using System.Buffers.Binary;

namespace NeuralMask.Imaging;

/// <summary>
/// What the chunks of a PNG file say that the codec does not pass on: it shows an animation as a still picture, does
/// not look for an orientation, and cuts 16 bits to 8 without rounding.
/// </summary>
/// <param name="Frames">Frames of an animation; 1 for a still picture.</param>
/// <param name="Orientation">Orientation of the eXIf chunk.</param>
/// <param name="HasSixteenBits">True for colour of 16 bits a channel; false for grey, of which the codec gives 8 bits only.</param>
internal readonly record struct PngFacts(int Frames, PictureOrientation Orientation, bool HasSixteenBits)
{
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12;
    private const int ColourBit = 2;

    /// <summary>Walks the chunks without looking into the pixels. A damaged file gives what stands before the damage.</summary>
    public static PngFacts Read(ReadOnlySpan<byte> png)
    {
        var facts = new PngFacts(1, PictureOrientation.TopLeft, false);
        var rest = png[Math.Min(png.Length, SignatureLength)..];
        while (rest.Length >= ChunkOverhead)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkOverhead)
            {
                break;
            }

            var type = rest.Slice(4, 4);
            var data = rest.Slice(8, (int)length);
            if (type.SequenceEqual("IHDR"u8) && length >= 10)
            {
                facts = facts with { HasSixteenBits = data[8] == 16 && (data[9] & ColourBit) != 0 };
            }
            else if (type.SequenceEqual("acTL"u8) && length >= 4)
            {
                facts = facts with { Frames = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(data), 1u, int.MaxValue) };
            }
            else if (type.SequenceEqual("eXIf"u8))
            {
                facts = facts with { Orientation = ExifOrientation.Read(data) };
            }

            rest = rest[(ChunkOverhead + (int)length)..];
        }

        return facts;
    }
}
