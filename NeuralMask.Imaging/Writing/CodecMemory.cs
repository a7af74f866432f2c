using System.Buffers;
using SkiaSharp;

namespace NeuralMask.Imaging;

/// <summary>The codec's native bytes as memory that can be awaited on; owns them.</summary>
internal sealed unsafe class CodecMemory(SKData data) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new((void*)data.Data, checked((int)data.Size));

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)data.Size, nameof(elementIndex));
        return new MemoryHandle((byte*)data.Data + elementIndex, default, this);
    }

    public override void Unpin()
    {
        // Native memory never moves.
    }

    protected override void Dispose(bool disposing) => data.Dispose();
}
