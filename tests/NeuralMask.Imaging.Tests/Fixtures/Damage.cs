using System.Buffers.Binary;

namespace NeuralMask.Imaging.Tests;

/// <summary>Ways to damage a file. The same dice give the same damage.</summary>
internal static class Damage
{
    private const int Headers = 160;

    private static readonly uint[] Telling =
        [0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF];

    private static readonly Func<byte[], Random, byte[], byte[]>[] Ways =
        [Bits, Bytes, CutOff, LyingNumber, Swap, Repeat, Remove, Join, Splice, Fill];

    /// <summary>
    /// Does one to four of them, in any order. Half of the PNG files get right check sums again, or little damage would
    /// come as far as what is to be tested.
    /// </summary>
    /// <param name="file">A whole file; not changed.</param>
    /// <param name="other">Another one, of any format.</param>
    /// <param name="dice">What decides.</param>
    public static byte[] Do(byte[] file, byte[] other, Random dice)
    {
        byte[] result = [.. file];
        for (var i = dice.Next(1, 5); i > 0 && result.Length > 0; i--)
        {
            result = Ways[dice.Next(Ways.Length)](result, dice, other);
        }

        if (dice.Next(2) == 0 && result.AsSpan().StartsWith(PngFile.Signature))
        {
            PngFile.Repair(result);
        }

        return result;
    }

    // Half of the damage goes to the headers, where it does the most.
    private static int Place(byte[] file, Random dice) => dice.Next(dice.Next(2) == 0 ? Math.Min(file.Length, Headers) : file.Length);

    private static (int Start, int Length) Part(byte[] file, Random dice)
    {
        var start = Place(file, dice);
        return (start, dice.Next(Math.Min(file.Length - start, 1 << dice.Next(1, 12)) + 1));
    }

    private static byte[] Bits(byte[] file, Random dice, byte[] other)
    {
        for (var i = dice.Next(1, 9); i > 0; i--)
        {
            file[Place(file, dice)] ^= (byte)(1 << dice.Next(8));
        }

        return file;
    }

    private static byte[] Bytes(byte[] file, Random dice, byte[] other)
    {
        for (var i = dice.Next(1, 12); i > 0; i--)
        {
            file[Place(file, dice)] = (byte)dice.Next(256);
        }

        return file;
    }

    private static byte[] CutOff(byte[] file, Random dice, byte[] other) => file[..dice.Next(file.Length)];

    // Lengths, sizes and counts have two or four bytes, in either order.
    private static byte[] LyingNumber(byte[] file, Random dice, byte[] other)
    {
        var value = Telling[dice.Next(Telling.Length)];
        var at = file.AsSpan(Place(file, dice));
        switch (dice.Next(4))
        {
            case 0 when at.Length >= 4:
                BinaryPrimitives.WriteUInt32BigEndian(at, value);
                break;
            case 1 when at.Length >= 4:
                BinaryPrimitives.WriteUInt32LittleEndian(at, value);
                break;
            case 2 when at.Length >= 2:
                BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)value);
                break;
            default:
                at[0] = (byte)value;
                break;
        }

        return file;
    }

    private static byte[] Swap(byte[] file, Random dice, byte[] other)
    {
        var (a, b, length) = (Place(file, dice), Place(file, dice), dice.Next(1, 64));
        (a, b) = (Math.Min(a, b), Math.Max(a, b));
        length = Math.Min(length, Math.Min(b - a, file.Length - b));
        return [.. file.AsSpan(0, a), .. file.AsSpan(b, length), .. file.AsSpan(a + length, b - a - length), .. file.AsSpan(a, length), .. file.AsSpan(b + length)];
    }

    private static byte[] Repeat(byte[] file, Random dice, byte[] other)
    {
        var (start, length) = Part(file, dice);
        return [.. file.AsSpan(0, start + length), .. file.AsSpan(start)];
    }

    private static byte[] Remove(byte[] file, Random dice, byte[] other)
    {
        var (start, length) = Part(file, dice);
        return [.. file.AsSpan(0, start), .. file.AsSpan(start + length)];
    }

    private static byte[] Join(byte[] file, Random dice, byte[] other) => [.. file, .. other];

    private static byte[] Splice(byte[] file, Random dice, byte[] other)
    {
        var (start, length) = Part(other, dice);
        var at = Place(file, dice);
        return [.. file.AsSpan(0, at), .. other.AsSpan(start, length), .. file.AsSpan(at)];
    }

    private static byte[] Fill(byte[] file, Random dice, byte[] other)
    {
        var (start, length) = Part(file, dice);
        file.AsSpan(start, length).Fill((byte)(dice.Next(2) * 255));
        return file;
    }
}
