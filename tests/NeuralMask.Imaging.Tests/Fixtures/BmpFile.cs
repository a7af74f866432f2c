using System.Buffers.Binary;

namespace NeuralMask.Imaging.Tests;

/// <summary>Writes Windows bitmaps; rows are given from the top, and stored from the bottom as the format has it.</summary>
internal static class BmpFile
{
    private const int FileHeader = 14;

    /// <summary>Rows of 1, 4, 8, 24 or 32 bits a pixel, without padding; the palette is blue, green, red, 0.</summary>
    public static byte[] Write(int width, int bits, byte[][] rows, params byte[] palette) =>
        Whole(Info(40, width, rows.Length, bits, 0), palette, [.. rows.Reverse().SelectMany(row => (byte[])[.. row, .. new byte[(4 - (row.Length % 4)) % 4]])]);

    /// <summary>Rows of blue, green, red and alpha, with masks that say so.</summary>
    public static byte[] WithAlpha(int width, byte[][] rows)
    {
        var info = Info(108, width, rows.Length, 32, 3);
        BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(40), 0x00FF_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(44), 0x0000_FF00);
        BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(48), 0x0000_00FF);
        BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(52), 0xFF00_0000);
        "BGRs"u8.CopyTo(info.AsSpan(56));
        return Whole(info, [], [.. rows.Reverse().SelectMany(row => row)]);
    }

    /// <summary>Eight bits a pixel in runs, as they are stored.</summary>
    public static byte[] Runs(int width, int height, byte[] palette, byte[] runs) => Whole(Info(40, width, height, 8, 1), palette, runs);

    private static byte[] Info(int length, int width, int height, int bits, int compression)
    {
        var info = new byte[length];
        BinaryPrimitives.WriteInt32LittleEndian(info, length);
        BinaryPrimitives.WriteInt32LittleEndian(info.AsSpan(4), width);
        BinaryPrimitives.WriteInt32LittleEndian(info.AsSpan(8), height);
        info[12] = 1;
        info[14] = (byte)bits;
        info[16] = (byte)compression;
        return info;
    }

    private static byte[] Whole(byte[] info, byte[] palette, byte[] pixels)
    {
        BinaryPrimitives.WriteInt32LittleEndian(info.AsSpan(32), palette.Length / 4);
        var header = new byte[FileHeader];
        "BM"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(2), FileHeader + info.Length + palette.Length + pixels.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(10), FileHeader + info.Length + palette.Length);
        return [.. header, .. info, .. palette, .. pixels];
    }
}
