using System.Buffers.Binary;

namespace NeuralMask.Imaging.Tests;

/// <summary>
/// Writes JPEG files byte by byte, so that every kind of colour and of scan can be made: baseline or progressive, one
/// to four components of full resolution, with or without Adobe's marker. Quantised by 1: what is read is within a
/// level or two of what was written. Codes all have one length, which is legal and keeps the writer short.
/// </summary>
internal sealed record PlainJpeg(int Width, int Height, params PlainJpeg.Plane[] Planes)
{
    private const int Block = 8;
    private static readonly double[,] Cosines = MakeCosines();

    /// <summary>Value of a component, 0 to 255, as it is stored.</summary>
    public delegate int Plane(int x, int y);

    /// <summary>Progressive: one scan for the means of all components, then one for the rest of each.</summary>
    public bool Progressive { get; init; }

    /// <summary>Baseline with a scan for each component, which is legal and rare.</summary>
    public bool Apart { get; init; }

    /// <summary>Repeats the last scan of a progressive file.</summary>
    public int ExtraScans { get; init; }

    /// <summary>Transform of Adobe's APP14 segment: 0 none, 1 YCbCr, 2 YCCK; null for no such segment.</summary>
    public byte? AdobeTransform { get; init; }

    /// <summary>RGB as a plain colour JPEG, or any other three planes that are to be stored as YCbCr.</summary>
    public static PlainJpeg Colour(int width, int height, Func<int, int, (int R, int G, int B)> pixel) =>
        new(width, height, YCbCr((x, y) => pixel(x, y)));

    /// <summary>Inks of 0 (none) to 255 (full), as Adobe's programs store them: inverted, with their marker.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="ink">The inks of a pixel.</param>
    /// <param name="transformed">True for YCCK, false for CMYK.</param>
    public static PlainJpeg Inks(int width, int height, Func<int, int, (int C, int M, int Y, int K)> ink, bool transformed)
    {
        // YCCK takes the inks for red, green and blue: it is its inverse transform that inverts them.
        (int, int, int) AsLight(int x, int y) => (ink(x, y).C, ink(x, y).M, ink(x, y).Y);
        Plane black = (x, y) => 255 - ink(x, y).K;
        Plane[] planes = transformed
            ? [.. YCbCr(AsLight), black]
            : [(x, y) => 255 - ink(x, y).C, (x, y) => 255 - ink(x, y).M, (x, y) => 255 - ink(x, y).Y, black];
        return new PlainJpeg(width, height, planes) { AdobeTransform = transformed ? (byte)2 : (byte)0 };
    }

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        if (AdobeTransform is { } transform)
        {
            Segment(file, 0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform]);
        }

        Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);
        Segment(file, Progressive ? (byte)0xC2 : (byte)0xC0, Frame());
        Segment(file, 0xC4, [0x00, .. Lengths(4, 12), .. Enumerable.Range(0, 12).Select(size => (byte)size)]);
        Segment(file, 0xC4, [0x10, .. Lengths(8, AcSymbols.Length), .. AcSymbols]);
        var blocks = Planes.Select(Transform).ToArray();
        int[] all = [.. Enumerable.Range(0, Planes.Length)];
        if (!Progressive)
        {
            foreach (var components in Apart ? [.. all.Select(component => new[] { component })] : new[] { all })
            {
                Scan(file, blocks, components, 0, 63);
            }
        }
        else
        {
            Scan(file, blocks, all, 0, 0);
            foreach (var component in all)
            {
                Scan(file, blocks, [component], 1, 63);
            }

            for (var i = 0; i < ExtraScans; i++)
            {
                Scan(file, blocks, [all[^1]], 1, 63);
            }
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    // Run and size of every coefficient that there can be, the end of a block, and the run of sixteen zeros.
    private static byte[] AcSymbols { get; } =
        [0x00, 0xF0, .. Enumerable.Range(0, 16).SelectMany(run => Enumerable.Range(1, 10).Select(size => (byte)((run << 4) | size)))];

    private static Plane[] YCbCr(Func<int, int, (int R, int G, int B)> pixel)
    {
        int Of(int x, int y, double r, double g, double b, double offset)
        {
            var (red, green, blue) = pixel(x, y);
            return (int)Math.Clamp(Math.Round((r * red) + (g * green) + (b * blue) + offset), 0, 255);
        }

        return
        [
            (x, y) => Of(x, y, 0.299, 0.587, 0.114, 0),
            (x, y) => Of(x, y, -0.168736, -0.331264, 0.5, 128),
            (x, y) => Of(x, y, 0.5, -0.418688, -0.081312, 128),
        ];
    }

    private byte[] Frame()
    {
        var size = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)Height);
        BinaryPrimitives.WriteUInt16BigEndian(size.AsSpan(2), (ushort)Width);
        return [8, .. size, (byte)Planes.Length, .. Enumerable.Range(1, Planes.Length).SelectMany(id => new byte[] { (byte)id, 0x11, 0 })];
    }

    private static byte[] Lengths(int length, int count) => [.. Enumerable.Range(1, 16).Select(i => (byte)(i == length ? count : 0))];

    private static void Segment(MemoryStream file, byte marker, byte[] body)
    {
        file.Write([0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2)]);
        file.Write(body);
    }

    private static void Scan(MemoryStream file, List<int[]>[] blocks, int[] components, byte first, byte last)
    {
        byte[] header = [(byte)components.Length, .. components.SelectMany(c => new byte[] { (byte)(c + 1), 0 }), first, last, 0];
        Segment(file, 0xDA, header);
        var bits = new BitWriter(file);
        var before = new int[blocks.Length];
        for (var i = 0; i < blocks[0].Count; i++)
        {
            foreach (var component in components)
            {
                var block = blocks[component][i];
                if (first == 0)
                {
                    var size = Size(block[0] - before[component]);
                    bits.Write(size, 4);
                    bits.WriteValue(block[0] - before[component], size);
                    before[component] = block[0];
                }

                if (last > 0)
                {
                    Coefficients(bits, block);
                }
            }
        }

        bits.Flush();
    }

    private static void Coefficients(BitWriter bits, int[] block)
    {
        var run = 0;
        for (var k = 1; k < 64; k++)
        {
            if (block[k] == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
            {
                bits.Write(1, 8);
            }

            var size = Size(block[k]);
            bits.Write(2 + (run * 10) + size - 1, 8);
            bits.WriteValue(block[k], size);
            run = 0;
        }

        if (run > 0)
        {
            bits.Write(0, 8);
        }
    }

    private static int Size(int value) => value == 0 ? 0 : (int)Math.Log2(Math.Abs(value)) + 1;

    // Coefficients of all blocks in zigzag order; the border is repeated to whole blocks.
    private List<int[]> Transform(Plane plane)
    {
        var blocks = new List<int[]>();
        for (var top = 0; top < Height; top += Block)
        {
            for (var left = 0; left < Width; left += Block)
            {
                blocks.Add(TransformBlock((x, y) => plane(Math.Min(left + x, Width - 1), Math.Min(top + y, Height - 1)) - 128));
            }
        }

        return blocks;
    }

    private static int[] TransformBlock(Func<int, int, int> value)
    {
        var values = new double[Block, Block];
        for (var i = 0; i < Block * Block; i++)
        {
            values[i / Block, i % Block] = value(i % Block, i / Block);
        }

        var across = new double[Block, Block];
        var result = new int[64];
        for (var y = 0; y < Block; y++)
        {
            for (var u = 0; u < Block; u++)
            {
                across[y, u] = Enumerable.Range(0, Block).Sum(x => Cosines[u, x] * values[y, x]);
            }
        }

        for (var k = 0; k < 64; k++)
        {
            var (u, v) = Zigzag(k);
            result[k] = (int)Math.Round(Enumerable.Range(0, Block).Sum(y => Cosines[v, y] * across[y, u]));
        }

        return result;
    }

    private static (int U, int V) Zigzag(int index)
    {
        var diagonal = 0;
        for (var length = 1; index >= length; length = diagonal < Block ? diagonal + 1 : 15 - diagonal)
        {
            index -= length;
            diagonal++;
        }

        var low = Math.Max(0, diagonal - 7);
        return diagonal % 2 == 0 ? (low + index, diagonal - low - index) : (diagonal - low - index, low + index);
    }

    private static double[,] MakeCosines()
    {
        var result = new double[Block, Block];
        for (var i = 0; i < Block * Block; i++)
        {
            var (u, x) = (i / Block, i % Block);
            result[u, x] = (u == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * x) + 1) * u * Math.PI / 16);
        }

        return result;
    }

    private sealed class BitWriter(MemoryStream file)
    {
        private int _bits;
        private int _count;

        public void Write(int value, int length)
        {
            for (var i = length - 1; i >= 0; i--)
            {
                _bits = (_bits << 1) | ((value >> i) & 1);
                if (++_count == 8)
                {
                    Emit();
                }
            }
        }

        // Negative values are stored as their ones' complement.
        public void WriteValue(int value, int size) => Write(value < 0 ? value + (1 << size) - 1 : value, size);

        public void Flush()
        {
            while (_count > 0)
            {
                Write(1, 1);
            }
        }

        private void Emit()
        {
            file.WriteByte((byte)_bits);
            if ((_bits & 0xFF) == 0xFF)
            {
                file.WriteByte(0);
            }

            (_bits, _count) = (0, 0);
        }
    }
}
