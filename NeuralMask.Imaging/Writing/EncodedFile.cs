namespace NeuralMask.Imaging;

/// <summary>A finished file, where the encoder left it: nothing is copied on the way to whoever sends it.</summary>
public sealed class EncodedFile : IDisposable
{
    private readonly IDisposable? _owner;
    private readonly ReadOnlyMemory<byte> _bytes;
    private bool _disposed;

    internal EncodedFile(ReadOnlyMemory<byte> bytes, IDisposable? owner)
    {
        _bytes = bytes;
        _owner = owner;
    }

    /// <summary>The file; not to be used beyond <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _owner?.Dispose();
        }
    }
}
