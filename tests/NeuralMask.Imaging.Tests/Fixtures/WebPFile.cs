using System.Buffers.Binary;

namespace NeuralMask.Imaging.Tests;

/// <summary>Puts still WebP files together to animations, and adds metadata.</summary>
internal static class WebPFile
{
    /// <summary>An animation of still pictures, all of the canvas's size.</summary>
    public static byte[] Animate(int width, int height, params byte[][] stills)
    {
        var chunks = new List<byte>();
        chunks.AddRange(Chunk("VP8X", [0x12, 0, 0, 0, .. Int24(width - 1), .. Int24(height - 1)]));
        chunks.AddRange(Chunk("ANIM", [0, 0, 0, 0, 0, 0]));
        foreach (var still in stills)
        {
            chunks.AddRange(Chunk("ANMF", [0, 0, 0, 0, 0, 0, .. Int24(width - 1), .. Int24(height - 1), 100, 0, 0, 0, .. Picture(still)]));
        }

        return Riff(chunks);
    }

    /// <summary>A still picture with an orientation.</summary>
    public static byte[] WithOrientation(byte[] still, int width, int height, int orientation) => Riff(
    [
        .. Chunk("VP8X", [0x18, 0, 0, 0, .. Int24(width - 1), .. Int24(height - 1)]),
        .. Picture(still),
        .. Chunk("EXIF", JpegFile.Exif(orientation)),
    ]);

    /// <summary>A still picture with an XMP block.</summary>
    public static byte[] WithMetadata(byte[] still, int width, int height, byte[] metadata) => Riff(
    [
        .. Chunk("VP8X", [0x14, 0, 0, 0, .. Int24(width - 1), .. Int24(height - 1)]),
        .. Picture(still),
        .. Chunk("XMP ", metadata),
    ]);

    // The chunks after the file header; of an extended file, those after its VP8X chunk that hold pixels.
    private static byte[] Picture(byte[] still)
    {
        var result = new List<byte>();
        for (var at = 12; at < still.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(still.AsSpan(at + 4));
            var padded = 8 + length + (length & 1);
            if (System.Text.Encoding.ASCII.GetString(still, at, 4) is "VP8 " or "VP8L" or "ALPH")
            {
                result.AddRange(still.AsSpan(at, padded));
            }

            at += padded;
        }

        return [.. result];
    }

    private static byte[] Riff(List<byte> chunks)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, chunks.Count + 4);
        return [.. "RIFF"u8, .. length, .. "WEBP"u8, .. chunks];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. type.Select(c => (byte)c), .. length, .. data, .. new byte[data.Length & 1]];
    }

    private static byte[] Int24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
