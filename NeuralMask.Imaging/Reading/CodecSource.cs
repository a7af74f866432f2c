using System.Buffers;
using SkiaSharp;

namespace NeuralMask.Imaging;

/// <summary>A codec over pinned bytes: the file is read where it lies, without a native copy.</summary>
internal sealed class CodecSource : IDisposable
{
    private readonly MemoryHandle _pin;
    private readonly SKData _data;

    /// <summary>Opens the file and reads its header.</summary>
    /// <exception cref="PictureException"><see cref="PictureFault.Damaged"/>: the header cannot be read.</exception>
    public CodecSource(ReadOnlyMemory<byte> bytes)
    {
        _pin = bytes.Pin();
        unsafe
        {
            _data = SKData.Create((nint)_pin.Pointer, bytes.Length);
        }

        if (SKCodec.Create(_data) is not { } codec)
        {
            Release();
            throw new PictureException(
                PictureFault.Damaged, "The picture's header is damaged or cut off: send the complete file.");
        }

        Codec = codec;
    }

    public SKCodec Codec { get; }

    public void Dispose()
    {
        // The codec first: it reads from the data, and the data from the pin.
        Codec.Dispose();
        Release();
    }

    private void Release()
    {
        _data.Dispose();
        _pin.Dispose();
    }
}
