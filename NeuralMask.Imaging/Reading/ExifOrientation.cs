using System.Buffers.Binary;

namespace NeuralMask.Imaging;

/// <summary>Finds the orientation tag in an EXIF block, which has the structure of a TIFF file.</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112;
    private const int ShortType = 3;
    private const int EntryLength = 12;

    /// <summary>The orientation; <see cref="PictureOrientation.TopLeft"/> where none or nonsense is given.</summary>
    /// <param name="tiff">The block, from its byte order mark on.</param>
    public static PictureOrientation Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("MM\0*"u8) || tiff.StartsWith("II*\0"u8)))
        {
            return PictureOrientation.TopLeft;
        }

        var big = tiff[0] == (byte)'M';
        var directory = big ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return PictureOrientation.TopLeft;
        }

        var rest = tiff[(int)directory..];
        var entries = Short(rest, big);
        rest = rest[2..];
        for (var i = 0; i < entries && rest.Length >= EntryLength; i++)
        {
            if (Short(rest, big) == Tag && Short(rest[2..], big) == ShortType)
            {
                return Known(Short(rest[8..], big));
            }

            rest = rest[EntryLength..];
        }

        return PictureOrientation.TopLeft;
    }

    /// <summary>Takes the numbers 1 to 8 for what they are and every other one for 1.</summary>
    public static PictureOrientation Known(int value) =>
        value is >= 1 and <= 8 ? (PictureOrientation)value : PictureOrientation.TopLeft;

    private static int Short(ReadOnlySpan<byte> bytes, bool big) =>
        big ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
