using System.Buffers;

namespace NeuralMask.Imaging;

/// <summary>Where a picture has soft alpha, 0 &lt; α &lt; 255: for each row, which blocks of columns hold some.</summary>
internal sealed class BandBlocks : IDisposable
{
    /// <summary>Pixels of a block, side by side in one row.</summary>
    public const int Size = 32;

    private readonly bool[] _set;
    private readonly int _height;

    public BandBlocks(ReadOnlySpan<byte> alpha, int width, int height)
    {
        Count = (width + Size - 1) / Size;
        _height = height;
        _set = ArrayPool<bool>.Shared.Rent(Count * height);
        for (var y = 0; y < height; y++)
        {
            var row = alpha.Slice(y * width, width);
            for (var block = 0; block < Count; block++)
            {
                var part = row.Slice(block * Size, Math.Min(Size, width - (block * Size)));
                var soft = part.IndexOfAnyExcept(byte.MinValue, byte.MaxValue) >= 0;
                _set[(y * Count) + block] = soft;
                IsEmpty &= !soft;
            }
        }
    }

    /// <summary>Blocks of a row.</summary>
    public int Count { get; }

    /// <summary>True where nothing is soft.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>The blocks of one row.</summary>
    public ReadOnlySpan<bool> Row(int y) => _set.AsSpan(y * Count, Count);

    /// <summary>The blocks that are soft in some row from the first to before the end; rows outside of the picture are passed over.</summary>
    public void Any(int first, int end, Span<bool> blocks)
    {
        blocks.Clear();
        for (var y = Math.Max(0, first); y < Math.Min(_height, end); y++)
        {
            var row = Row(y);
            for (var i = 0; i < row.Length; i++)
            {
                blocks[i] |= row[i];
            }
        }
    }

    public void Dispose() => ArrayPool<bool>.Shared.Return(_set);
}
