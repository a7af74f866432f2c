using System.Globalization;
using SkiaSharp;

namespace NeuralMask.Imaging;

/// <summary>What a file says of its picture before any pixel is decoded.</summary>
/// <param name="Format">The format, by content.</param>
/// <param name="StoredWidth">Width in pixels of the rows as stored.</param>
/// <param name="StoredHeight">Number of rows stored.</param>
/// <param name="Orientation">How they lie on the displayed picture.</param>
/// <param name="HasAlpha">False where every pixel is opaque by format; true where some may not be.</param>
/// <param name="Frames">Number of pictures in an animation, of which the first is decoded; 1 for a still picture.</param>
public sealed record PictureHeader(
    PictureFormat Format, int StoredWidth, int StoredHeight, PictureOrientation Orientation, bool HasAlpha, int Frames)
{
    /// <summary>Width in pixels as displayed: of the decoded picture, of the mask, and of the result.</summary>
    public int DisplayedWidth => IsTurned ? StoredHeight : StoredWidth;

    /// <summary>Height in pixels as displayed.</summary>
    public int DisplayedHeight => IsTurned ? StoredWidth : StoredHeight;

    /// <summary>Number of pixels.</summary>
    public long Pixels => (long)StoredWidth * StoredHeight;

    /// <summary>True where channels have 16 bits in the file; they are rounded to 8.</summary>
    public bool HasSixteenBits { get; init; }

    /// <summary>
    /// Bytes that decoding takes at its peak beside the file itself, the picture included: what a memory budget should
    /// count. An upper bound but for a few buffers of a row's length.
    /// </summary>
    public long DecodingBytes { get; init; }

    /// <summary>True where passes over the picture are missing that the codec does not miss.</summary>
    internal bool LacksScans { get; init; }

    /// <summary>How inks are stored where the picture is made of them.</summary>
    internal InkStorage Inks { get; init; }

    private bool IsTurned => Orientation >= PictureOrientation.LeftTop;

    /// <summary>
    /// Reads the header only: nothing is decoded and no pixel memory is allocated, whatever size the file claims.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="limits">What is accepted.</param>
    /// <exception cref="PictureException">The file is not accepted; any <see cref="PictureFault"/>.</exception>
    public static PictureHeader Read(ReadOnlyMemory<byte> bytes, PictureLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        limits.CheckBytes(bytes.Length);
        var format = Recognise(bytes.Span);

        var facts = FileFacts.Read(format, bytes.Span, limits);
        limits.CheckStructure(facts);
        if (facts.Unreadable is { } kind)
        {
            throw new PictureException(PictureFault.UnsupportedType, $"Received {kind}, which is not read: save it as an ordinary JPEG or PNG.");
        }

        using var source = new CodecSource(bytes);
        var codec = source.Codec;
        var info = codec.Info;
        limits.CheckPixels(info.Width, info.Height);
        var header = new PictureHeader(
            format,
            info.Width,
            info.Height,
            facts.Orientation ?? ExifOrientation.Known((int)codec.EncodedOrigin),
            info.AlphaType != SKAlphaType.Opaque,
            facts.Frames)
        {
            HasSixteenBits = facts.HasSixteenBits,
            Inks = facts.Inks,
            LacksScans = facts.LacksScans,
        };
        limits.CheckProportion(header.Pixels, bytes.Length);
        return header with { DecodingBytes = header.PeakBytes(facts.CodecBytesPerPixel, bytes.Length) };
    }

    // The codec is gone when a picture is turned, and the turned one comes beside it.
    private long PeakBytes(double codecBytesPerPixel, int fileBytes)
    {
        var beside = Math.Max(codecBytesPerPixel, IsTurned ? Picture.BytesPerPixel : 0);
        var copy = Inks is InkStorage.Inverted or InkStorage.Direct ? fileBytes : 0;
        return (long)(Pixels * (Picture.BytesPerPixel + beside)) + copy;
    }

    private static PictureFormat Recognise(ReadOnlySpan<byte> bytes)
    {
        var signature = FileSignature.Sniff(bytes);
        return signature.Format ?? throw new PictureException(
            signature.IsPicture ? PictureFault.UnsupportedType : PictureFault.NotAPicture,
            string.Create(CultureInfo.InvariantCulture, $"Expected JPEG, PNG, WebP, GIF or BMP, received {signature.Name}: send the picture in one of these formats."));
    }
}
