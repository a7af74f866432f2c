using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralMask.Imaging.Tests;

/// <summary>Writes PNG files byte by byte, so that every colour type and depth can be made.</summary>
internal static class PngFile
{
    public const byte Grey = 0;
    public const byte Rgb = 2;
    public const byte Palette = 3;
    public const byte GreyAlpha = 4;
    public const byte Rgba = 6;

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A file of the given rows, each without its filter byte.</summary>
    public static byte[] Write(int width, int height, byte colourType, byte depth, byte[][] rows, params (string Type, byte[] Data)[] before)
    {
        using var raw = new MemoryStream();
        using (var zlib = new ZLibStream(raw, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                zlib.WriteByte(0);
                zlib.Write(row);
            }
        }

        return File([("IHDR", Header(width, height, colourType, depth)), .. before, ("IDAT", raw.ToArray()), ("IEND", [])]);
    }

    /// <summary>An interlaced file of the given pixels, each of as many bytes as its samples have.</summary>
    public static byte[] Interlaced(int width, int height, byte colourType, byte depth, Func<int, int, byte[]> pixel)
    {
        (int Left, int Top, int Across, int Down)[] passes =
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        var rows = new List<byte[]>();
        foreach (var (left, top, across, down) in passes)
        {
            for (var y = top; y < height && left < width; y += down)
            {
                rows.Add([.. Enumerable.Range(0, (width - left + across - 1) / across).SelectMany(i => pixel(left + (i * across), y))]);
            }
        }

        var chunks = Chunks(Write(width, height, colourType, depth, [.. rows]));
        chunks[0].Data[12] = 1;
        return File(chunks);
    }

    /// <summary>A profile as an iCCP chunk.</summary>
    public static (string Type, byte[] Data) Profile(byte[] profile)
    {
        using var zipped = new MemoryStream();
        using (var zlib = new ZLibStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(profile);
        }

        return ("iCCP", [(byte)'p', 0, 0, .. zipped.ToArray()]);
    }

    public static byte[] Header(int width, int height, byte colourType, byte depth)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = depth;
        header[9] = colourType;
        return header;
    }

    public static byte[] File(IEnumerable<(string Type, byte[] Data)> chunks)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> number = stackalloc byte[4];
        foreach (var (type, data) in chunks)
        {
            var body = (byte[])[.. type.Select(c => (byte)c), .. data];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            file.Write(number);
            file.Write(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
            file.Write(number);
        }

        return file.ToArray();
    }

    /// <summary>The chunks of a file, in order.</summary>
    public static List<(string Type, byte[] Data)> Chunks(ReadOnlySpan<byte> file)
    {
        var chunks = new List<(string, byte[])>();
        var rest = file[Signature.Length..];
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            chunks.Add((System.Text.Encoding.ASCII.GetString(rest.Slice(4, 4)), rest.Slice(8, length).ToArray()));
            rest = rest[(12 + length)..];
        }

        return chunks;
    }

    /// <summary>Puts check sums right, in place, as far as lengths lead from chunk to chunk.</summary>
    public static void Repair(Span<byte> file)
    {
        var rest = file[Math.Min(file.Length, Signature.Length)..];
        while (rest.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length <= rest.Length - 12)
        {
            var end = 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(rest[end..], Crc(rest[4..end]));
            rest = rest[(end + 4)..];
        }
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
