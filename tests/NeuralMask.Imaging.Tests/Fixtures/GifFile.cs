namespace NeuralMask.Imaging.Tests;

/// <summary>Writes GIF files of up to 128 colours, without compression: the table of codes is cleared before it grows.</summary>
internal static class GifFile
{
    private const int CodeSize = 7;
    private const int Clear = 1 << CodeSize;
    private const int CodesBetweenClears = 100;

    /// <summary>A frame of palette indices at a place on the canvas.</summary>
    public sealed record Frame(int Left, int Top, int Width, int Height, Func<int, int, int> Index)
    {
        /// <summary>Index that is not shown, or null.</summary>
        public byte? Transparent { get; init; }
    }

    public static byte[] Write(int width, int height, (int R, int G, int B)[] palette, params Frame[] frames)
    {
        var file = new List<byte>([.. "GIF89a"u8, .. Short(width), .. Short(height), 0x80 | (CodeSize - 1), 0, 0]);
        for (var i = 0; i < 1 << CodeSize; i++)
        {
            var (r, g, b) = i < palette.Length ? palette[i] : (0, 0, 0);
            file.AddRange([(byte)r, (byte)g, (byte)b]);
        }

        foreach (var frame in frames)
        {
            file.AddRange([0x21, 0xF9, 4, (byte)(frame.Transparent is null ? 0 : 1), 10, 0, frame.Transparent ?? 0, 0]);
            file.AddRange([0x2C, .. Short(frame.Left), .. Short(frame.Top), .. Short(frame.Width), .. Short(frame.Height), 0, CodeSize]);
            var codes = Codes(frame);
            foreach (var block in codes.Chunk(255))
            {
                file.AddRange([(byte)block.Length, .. block]);
            }

            file.Add(0);
        }

        return [.. file, 0x3B];
    }

    // Every code has eight bits, and so is a byte.
    private static List<byte> Codes(Frame frame)
    {
        var codes = new List<byte>();
        for (var i = 0; i < frame.Width * frame.Height; i++)
        {
            if (i % CodesBetweenClears == 0)
            {
                codes.Add(Clear);
            }

            codes.Add((byte)frame.Index(i % frame.Width, i / frame.Width));
        }

        codes.Add(Clear + 1);
        return codes;
    }

    private static byte[] Short(int value) => [(byte)value, (byte)(value >> 8)];
}
