using System.Buffers.Binary;

namespace NeuralMask.Imaging;

/// <summary>What the chunks of a WebP file say.</summary>
internal static class WebPFacts
{
    private const int FileHeader = 12;
    private const int ChunkHeader = 8;

    // Lossless decoding has the whole picture once more inside the codec.
    private const double LosslessBytesPerPixel = 4;

    /// <summary>Walks the chunks, counting frames no further than one beyond the limit.</summary>
    public static FileFacts Read(ReadOnlySpan<byte> webp, int maxFrames)
    {
        var facts = new FileFacts { CodecBytesPerPixel = LosslessBytesPerPixel };
        var frames = 0;
        var rest = webp[Math.Min(webp.Length, FileHeader)..];
        while (rest.Length >= ChunkHeader && frames <= maxFrames)
        {
            var type = rest[..4];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            frames += type.SequenceEqual("ANMF"u8) ? 1 : 0;
            if (!type.SequenceEqual("ANMF"u8) && !type.SequenceEqual("VP8 "u8) && !type.SequenceEqual("VP8L"u8) && !type.SequenceEqual("ALPH"u8))
            {
                facts = facts with { MetadataBytes = facts.MetadataBytes + Math.Min(length, rest.Length - ChunkHeader) };
            }

            rest = rest[(int)Math.Min((ulong)rest.Length, ChunkHeader + (ulong)length + (length & 1))..];
        }

        return facts with { Frames = Math.Max(1, frames) };
    }
}
