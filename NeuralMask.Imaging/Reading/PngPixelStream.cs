namespace NeuralMask.Imaging;

/// <summary>The compressed pixels of a PNG file: the content of its IDAT chunks, one after the other.</summary>
internal sealed class PngPixelStream(ReadOnlyMemory<byte> png) : Stream
{
    private ReadOnlyMemory<byte> _chunk;
    private int _next = PngChunks.First;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_chunk.IsEmpty)
        {
            // A chunk that is cut off still gives what there is of it.
            var chunks = new PngChunks(png.Span, _next);
            if (!chunks.Next(cutOff: true))
            {
                return 0;
            }

            _next = chunks.Following;
            _chunk = chunks.Is("IDAT"u8) ? png.Slice(chunks.Start, chunks.Data.Length) : default;
        }

        var count = Math.Min(buffer.Length, _chunk.Length);
        _chunk.Span[..count].CopyTo(buffer);
        _chunk = _chunk[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
