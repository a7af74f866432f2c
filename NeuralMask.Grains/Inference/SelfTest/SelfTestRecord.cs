using System.IO.Compression;

namespace NeuralMask.Grains.Inference.SelfTest;

/// <summary>Masks that a model file gave for the self-test pictures when it was known to be right.</summary>
public sealed record SelfTestRecord
{
    /// <summary>Side of the square grid to which masks are averaged before they are kept and compared.</summary>
    public const int Grid = 128;

    /// <summary>Version of ONNX Runtime that gave them.</summary>
    public required string Runtime { get; init; }

    /// <summary>A mask a picture: <see cref="Grid"/> × <see cref="Grid"/> bytes, zlib-compressed, in base 64.</summary>
    public required IReadOnlyDictionary<string, string> Masks { get; init; }

    /// <summary>Averages a mask onto the grid.</summary>
    /// <param name="alpha">8-bit alpha, one byte a pixel.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns><see cref="Grid"/> × <see cref="Grid"/> bytes.</returns>
    public static byte[] Reduce(ReadOnlySpan<byte> alpha, int width, int height)
    {
        var reduced = new byte[Grid * Grid];
        for (var row = 0; row < Grid; row++)
        {
            var (top, bottom) = Span(row, height);
            for (var column = 0; column < Grid; column++)
            {
                var (left, right) = Span(column, width);
                long sum = 0;
                for (var y = top; y < bottom; y++)
                {
                    foreach (var value in alpha.Slice((y * width) + left, right - left))
                    {
                        sum += value;
                    }
                }

                var count = (bottom - top) * (right - left);
                reduced[(row * Grid) + column] = (byte)((sum + (count / 2)) / count);
            }
        }

        return reduced;
    }

    /// <summary>Writes a reduced mask as it is kept in <see cref="Masks"/>.</summary>
    public static string Pack(ReadOnlySpan<byte> reduced)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(reduced);
        }

        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>Reads a mask of <see cref="Masks"/> back.</summary>
    /// <exception cref="InvalidDataException">It is not one that <see cref="Pack"/> wrote.</exception>
    public static byte[] Unpack(string packed)
    {
        try
        {
            using var inflate = new ZLibStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
            var reduced = new byte[Grid * Grid];
            inflate.ReadExactly(reduced);
            return reduced;
        }
        catch (Exception failure) when (failure is FormatException or EndOfStreamException)
        {
            throw new InvalidDataException("A recorded mask is damaged.", failure);
        }
    }

    // Canvases below the grid's size share pixels between cells, so that no cell is empty.
    private static (int From, int To) Span(int cell, int side)
    {
        var from = cell * side / Grid;
        return (from, Math.Max(from + 1, (cell + 1) * side / Grid));
    }
}
