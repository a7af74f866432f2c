using System.Buffers.Binary;

namespace NeuralMask.Imaging.Tests;

/// <summary>Puts segments into JPEG files.</summary>
internal static class JpegFile
{
    public static byte[] WithOrientation(byte[] jpeg, int orientation) => WithSegment(jpeg, 0xE1, [.. "Exif\0\0"u8, .. Exif(orientation)]);

    public static byte[] WithProfile(byte[] jpeg, byte[] profile) => WithSegment(jpeg, 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. profile]);

    /// <summary>A big-endian TIFF structure with the orientation tag and nothing else.</summary>
    public static byte[] Exif(int orientation) =>
    [
        (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, // header, first directory at 8
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, // one entry: orientation, short, 1 value
        0, 0, 0, 0, // no further directory
    ];

    /// <summary>A segment after the start of the file; Exif has to be the first.</summary>
    public static byte[] WithSegment(byte[] jpeg, byte marker, byte[] body)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)(body.Length + 2)));

        return [.. jpeg.AsSpan(0, 2), 0xFF, marker, .. length, .. body, .. jpeg.AsSpan(2)];
    }
}
