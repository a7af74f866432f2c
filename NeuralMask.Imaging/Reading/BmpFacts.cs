using System.Buffers.Binary;
using System.Numerics;

namespace NeuralMask.Imaging;

/// <summary>What the header of a Windows bitmap says.</summary>
internal static class BmpFacts
{
    private const int Compression = 30;
    private const int Masks = 54;
    private const int MasksEnd = Masks + 12;
    private const int BitFields = 3;

    /// <summary>Finds masks that no program writes: the codec complains of them to the process's error stream.</summary>
    public static FileFacts Read(ReadOnlySpan<byte> bmp)
    {
        var facts = new FileFacts { Orientation = PictureOrientation.TopLeft };
        if (bmp.Length < MasksEnd || BinaryPrimitives.ReadInt32LittleEndian(bmp[Compression..]) != BitFields)
        {
            return facts;
        }

        // Red, green, blue, and alpha where the header is long enough to have it.
        var whole = IsWhole(bmp[Masks..]) && IsWhole(bmp[(Masks + 4)..]) && IsWhole(bmp[(Masks + 8)..])
            && (bmp.Length < MasksEnd + 4 || BinaryPrimitives.ReadInt32LittleEndian(bmp[14..]) < 56 || IsWhole(bmp[MasksEnd..]));
        return whole ? facts : facts with { Unreadable = "a bitmap whose colours are scattered over their bits" };
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var mask = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return mask == 0 || BitOperations.PopCount(mask) == 32 - BitOperations.LeadingZeroCount(mask) - BitOperations.TrailingZeroCount(mask);
    }
}
