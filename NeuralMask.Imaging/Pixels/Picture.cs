namespace NeuralMask.Imaging;

/// <summary>
/// A decoded picture: 8-bit sRGB with straight (not premultiplied) alpha, four bytes R, G, B, A a pixel, rows from the
/// top without padding. Whoever gets one disposes of it: its memory lies outside the collected heap. Not safe for use
/// by several threads at once while one of them writes.
/// </summary>
public sealed class Picture : IDisposable
{
    /// <summary>Bytes of a pixel.</summary>
    public const int BytesPerPixel = 4;

    private readonly NativePixels _pixels;
    private bool? _opaque;

    /// <summary>Makes a picture whose pixels are arbitrary until written.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, or the picture has 2³¹ bytes or more.</exception>
    public Picture(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        var bytes = (long)width * height * BytesPerPixel;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, int.MaxValue, nameof(height));
        Width = width;
        Height = height;
        _pixels = new NativePixels((int)bytes);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>All pixels for reading and writing: <see cref="Width"/> × <see cref="Height"/> × 4 bytes.</summary>
    /// <exception cref="ObjectDisposedException">The picture was disposed of.</exception>
    public Span<byte> Pixels
    {
        get
        {
            _opaque = null;
            return _pixels.GetSpan();
        }
    }

    /// <summary>The same as <see cref="Pixels"/>, to be kept across an await; not beyond <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The picture was disposed of.</exception>
    public Memory<byte> Memory
    {
        get
        {
            _opaque = null;
            return _pixels.Memory;
        }
    }

    /// <summary>
    /// True where alpha is 255 everywhere. Found by a pass over the pixels where it is not known, and forgotten
    /// whenever <see cref="Pixels"/> or <see cref="Memory"/> is asked for; ask before or after writing, not between.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The picture was disposed of.</exception>
    public bool IsOpaque => _opaque ??= Opacity.IsFull(Reading);

    /// <summary>The pixels for reading; what is known of their opacity stays known.</summary>
    internal ReadOnlySpan<byte> Reading => _pixels.GetSpan();

    /// <summary>What is known of <see cref="IsOpaque"/> without a pass; for who moves pixels and changes none.</summary>
    internal bool? IsOpaqueIfKnown
    {
        get => _opaque;
        set => _opaque = value;
    }

    /// <summary>Gives the memory back. Spans and memories handed out before are invalid from here on.</summary>
    public void Dispose() => _pixels.Free();

    /// <summary>Makes a second picture with the same pixels; the caller disposes of it.</summary>
    public Picture Copy()
    {
        var copy = new Picture(Width, Height);
        Reading.CopyTo(copy.Pixels);
        copy._opaque = _opaque;
        return copy;
    }
}
