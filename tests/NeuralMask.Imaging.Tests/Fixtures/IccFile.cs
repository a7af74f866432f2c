using System.Buffers.Binary;

namespace NeuralMask.Imaging.Tests;

/// <summary>Writes colour profiles.</summary>
internal static class IccFile
{
    /// <summary>A profile of the given tags; <paramref name="kind"/> is device class, colour space and connection space.</summary>
    public static byte[] Write(byte version, string kind, params (string Name, byte[] Data)[] tags)
    {
        var body = new List<byte>();
        var table = new List<byte>();
        var start = 128 + 4 + (tags.Length * 12);
        table.AddRange(Int32(tags.Length));
        foreach (var (name, data) in tags)
        {
            table.AddRange([.. name.Select(c => (byte)c), .. Int32(start + body.Count), .. Int32(data.Length)]);
            body.AddRange(data);
            body.AddRange(new byte[(4 - (data.Length % 4)) % 4]);
        }

        var header = new byte[128];
        Int32(start + body.Count).CopyTo(header, 0);
        header[8] = version;
        kind.Select(c => (byte)c).ToArray().CopyTo(header, 12);
        "acsp"u8.CopyTo(header.AsSpan(36));
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(header.AsSpan(68));
        return [.. header, .. table, .. body];
    }

    /// <summary>Grey with a gamma.</summary>
    public static byte[] Grey(double gamma) => Write(
        2, "mntrGRAYXYZ ", ("wtpt", Xyz(0.9642, 1, 0.8249)), ("kTRC", [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 1, (byte)gamma, (byte)((gamma - (int)gamma) * 256)]));

    /// <summary>A press whose every colour is one colour of CIE Lab: L* of 0 to 100, a* and b* of −128 to 127.</summary>
    public static byte[] Press(double l, double a, double b)
    {
        byte[] colour = [.. Word(l * 652.8), .. Word((a + 128) * 256), .. Word((b + 128) * 256)];
        byte[] one = [.. Int32(0x10000)];
        byte[] zero = [0, 0, 0, 0];
        return Write(2, "prtrCMYKLab ", ("A2B0",
        [
            .. "mft2"u8, 0, 0, 0, 0, 4, 3, 2, 0, .. one, .. zero, .. zero, .. zero, .. one, .. zero, .. zero, .. zero, .. one, 0, 2, 0, 2,
            .. Enumerable.Repeat(new byte[] { 0, 0, 255, 255 }, 4).SelectMany(curve => curve),
            .. Enumerable.Repeat(colour, 16).SelectMany(point => point),
            .. Enumerable.Repeat(new byte[] { 0, 0, 255, 255 }, 3).SelectMany(curve => curve),
        ]));
    }

    public static byte[] Xyz(double x, double y, double z) => [.. "XYZ "u8, 0, 0, 0, 0, .. Fixed(x), .. Fixed(y), .. Fixed(z)];

    public static byte[] Fixed(double value) => Int32((int)Math.Round(value * 65536));

    private static byte[] Word(double value) => [(byte)((int)value >> 8), (byte)(int)value];

    private static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
