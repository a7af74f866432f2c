namespace NeuralMask.Imaging;

/// <summary>What the blocks of a GIF file say.</summary>
internal static class GifFacts
{
    private const int ScreenEnd = 13;
    private const int DescriptorLength = 10;
    private const byte Extension = 0x21;
    private const byte ImageDescriptor = 0x2C;

    /// <summary>Walks the blocks, counting frames no further than one beyond the limit.</summary>
    public static FileFacts Read(ReadOnlySpan<byte> gif, int maxFrames)
    {
        var facts = new FileFacts { Orientation = PictureOrientation.TopLeft };
        if (gif.Length < ScreenEnd)
        {
            return facts;
        }

        var frames = 0;
        var rest = After(gif, ScreenEnd + TableLength(gif[10]));
        while (frames <= maxFrames && !rest.IsEmpty)
        {
            if (rest[0] == Extension)
            {
                var before = rest.Length;
                rest = SkipBlocks(After(rest, 2));
                facts = facts with { MetadataBytes = facts.MetadataBytes + before - rest.Length };
            }
            else if (rest[0] == ImageDescriptor && rest.Length >= DescriptorLength)
            {
                frames++;

                // The table of colours, and the byte that says how wide the codes begin.
                rest = SkipBlocks(After(rest, DescriptorLength + TableLength(rest[9]) + 1));
            }
            else
            {
                break;
            }
        }

        return facts with { Frames = Math.Max(1, frames) };
    }

    private static int TableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static ReadOnlySpan<byte> SkipBlocks(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty && rest[0] != 0)
        {
            rest = After(rest, 1 + rest[0]);
        }

        return After(rest, 1);
    }

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> bytes, int count) => bytes[Math.Min(count, bytes.Length)..];
}
