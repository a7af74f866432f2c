using System.Buffers.Binary;

namespace NeuralMask.Imaging;

/// <summary>Goes from chunk to chunk of a PNG file; ends where the file does, or where a chunk does not fit into it.</summary>
internal ref struct PngChunks
{
    /// <summary>Where the first chunk begins.</summary>
    public const int First = 8;

    private const int Overhead = 12;

    private readonly ReadOnlySpan<byte> _png;

    /// <param name="png">The file.</param>
    /// <param name="next">Where the next chunk begins.</param>
    public PngChunks(ReadOnlySpan<byte> png, int next = First)
    {
        _png = png;
        Following = next;
    }

    /// <summary>Where the chunk after this one begins.</summary>
    public int Following { get; private set; }

    /// <summary>Content of the chunk.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Where in the file <see cref="Data"/> begins.</summary>
    public int Start { get; private set; }

    private readonly ReadOnlySpan<byte> Type => _png.Slice(Start - 4, 4);

    /// <summary>Whether the chunk has this type.</summary>
    public readonly bool Is(ReadOnlySpan<byte> type) => Type.SequenceEqual(type);

    /// <summary>Goes to the next chunk; the first one at first.</summary>
    /// <param name="cutOff">True to be given what there is of a last chunk that is cut off.</param>
    public bool Next(bool cutOff = false)
    {
        var left = _png.Length - Following - Overhead;
        if (left < 0)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(_png[Following..]);
        if (length > left && !cutOff)
        {
            return false;
        }

        var size = (int)Math.Min(length, (uint)left);
        Start = Following + 8;
        Data = _png.Slice(Start, size);
        Following = Start + size + 4;
        return true;
    }
}
