using System.Buffers;
using System.Runtime.InteropServices;

namespace NeuralMask.Imaging;

/// <summary>
/// Uninitialised memory outside the collected heap. A picture of 12 megapixels has 48 MB: given back the moment it
/// is disposed of, it bounds a process's peak by the pictures in flight, which neither the large object heap nor a
/// pool of power-of-two arrays does. There is no finaliser on purpose: a span does not keep its owner alive, so one
/// could free memory under a running loop. What is not disposed of leaks.
/// </summary>
internal sealed unsafe class NativePixels : MemoryManager<byte>
{
    // A cache line, so that no vector of a row straddles two.
    private const nuint Alignment = 64;

    private readonly int _length;
    private void* _pointer;

    /// <summary>Allocates; the content is arbitrary.</summary>
    /// <param name="length">Bytes, at least 1.</param>
    /// <exception cref="OutOfMemoryException">The system has no memory left.</exception>
    public NativePixels(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        _length = length;
        _pointer = NativeMemory.AlignedAlloc((nuint)length, Alignment);
    }

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_pointer is null, this);
        return new Span<byte>(_pointer, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_pointer is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, _length);
        return new MemoryHandle((byte*)_pointer + elementIndex, default, this);
    }

    public override void Unpin()
    {
        // Native memory never moves.
    }

    public void Free() => Dispose(true);

    protected override void Dispose(bool disposing)
    {
        if (_pointer is null)
        {
            return;
        }

        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
    }
}
