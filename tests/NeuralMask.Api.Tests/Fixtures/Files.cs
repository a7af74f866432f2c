using System.Buffers.Binary;

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>Bytes of files that no encoder writes, and what stands in the bytes of those it does.</summary>
internal static class Files
{
    /// <summary>A picture of a kind that is not read.</summary>
    public static byte[] Tiff => [.. "II"u8, 42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>A PNG of a few bytes whose header claims any size.</summary>
    public static byte[] PngClaiming(int width, int height)
    {
        var file = (byte[])Drawn.Empty(1, 1).Clone();
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc(file.AsSpan(12, 17)));
        return file;
    }

    /// <summary>Depth in bits and colour type as a PNG's header has them.</summary>
    public static (int Depth, int ColourType) PngKind(byte[] file) => (file[24], file[25]);

    /// <summary>Puts an Exif segment with nothing but the orientation directly after a JPEG's start.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] body =
        [
            .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
            0, 0, 0, 0,
        ];
        return [.. jpeg.AsSpan(0, 2), 0xFF, 0xE1, 0, (byte)(body.Length + 2), .. body, .. jpeg.AsSpan(2)];
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
