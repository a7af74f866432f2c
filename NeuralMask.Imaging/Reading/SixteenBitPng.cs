using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace NeuralMask.Imaging;

/// <summary>
/// Reads PNG files of 16 bits a channel and rounds to 8, row by row. The codec either drops the low byte, which darkens
/// a picture by half a level and is all that it does for grey, or gives a picture of three times the memory.
/// </summary>
internal sealed class SixteenBitPng
{
    private const int BytesPerSample = 2;
    private const int Lanes = 4;
    private const int MostBeyondRows = 256;

    private static readonly Pass[] Straight = [new(0, 0, 1, 1)];

    // The seven passes of an interlaced picture, by their first column and row and the steps between.
    private static readonly Pass[] Interlaced =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    private readonly Picture _picture;
    private readonly WideRow _wide;
    private readonly ushort[] _samples;
    private readonly byte[] _narrow;
    private readonly Pass[] _passes;
    private readonly int _channels;
    private readonly ushort[] _transparent;

    private SixteenBitPng(ReadOnlySpan<byte> png, Picture picture, SKColorSpace? colours)
    {
        _picture = picture;
        _wide = new WideRow(picture.Width, colours);
        _samples = new ushort[picture.Width * Lanes];
        _narrow = new byte[picture.Width * Lanes];
        (_passes, _channels, _transparent) = (Straight, 0, []);
        var chunks = new PngChunks(png);
        while (chunks.Next() && !chunks.Is("IDAT"u8))
        {
            if (chunks.Is("IHDR"u8) && chunks.Data.Length >= 13)
            {
                _passes = chunks.Data[12] == 0 ? Straight : Interlaced;
                _channels = chunks.Data[9] switch { 0 => 1, 2 => 3, 4 => 2, _ => 4 };
            }
            else if (chunks.Is("tRNS"u8) && _channels is 1 or 3 && chunks.Data.Length >= _channels * BytesPerSample)
            {
                _transparent = ReadSamples(chunks.Data, _channels);
            }
        }
    }

    /// <summary>Fills a picture, whose pixels are all zero where nothing was read.</summary>
    /// <param name="png">The file; its header has been accepted by the codec.</param>
    /// <param name="picture">A picture of the file's size.</param>
    /// <param name="colours">What the file's values mean; null for sRGB.</param>
    public static SKCodecResult Fill(ReadOnlyMemory<byte> png, Picture picture, SKColorSpace? colours)
    {
        picture.Pixels.Clear();
        var reader = new SixteenBitPng(png.Span, picture, colours is { IsSrgb: false } ? colours : null);
        using var pixels = new ZLibStream(new PngPixelStream(png), CompressionMode.Decompress);
        try
        {
            return reader.Read(pixels);
        }
        catch (InvalidDataException)
        {
            return SKCodecResult.ErrorInInput;
        }
    }

    private SKCodecResult Read(ZLibStream pixels)
    {
        var (row, above) = (Array.Empty<byte>(), Array.Empty<byte>());
        foreach (var pass in _passes)
        {
            var (width, height) = pass.Size(_picture.Width, _picture.Height);
            var length = 1 + (width * _channels * BytesPerSample);
            row = new byte[length];
            above = new byte[length];
            for (var y = 0; y < height && width > 0; y++)
            {
                if (pixels.ReadAtLeast(row, length, throwOnEndOfStream: false) < length)
                {
                    return SKCodecResult.IncompleteInput;
                }

                if (!PngFilters.Undo(row[0], row.AsSpan(1), above.AsSpan(1), _channels * BytesPerSample))
                {
                    return SKCodecResult.ErrorInInput;
                }

                Store(row.AsSpan(1), pass, y, width);
                (row, above) = (above, row);
            }
        }

        // The check sum comes after the last row, and is compared when the end is reached. More than rows is no damage.
        _ = pixels.ReadAtLeast(new byte[MostBeyondRows], MostBeyondRows, throwOnEndOfStream: false);
        return SKCodecResult.Success;
    }

    private void Store(ReadOnlySpan<byte> row, Pass pass, int y, int width)
    {
        Widen(row, width);
        var narrow = _narrow.AsSpan(0, width * Lanes);
        _wide.Narrow(narrow);
        var target = _picture.Pixels[((pass.Top + (y * pass.Down)) * _picture.Width * Lanes)..];
        if (pass.Across == 1)
        {
            narrow.CopyTo(target);
            return;
        }

        for (var x = 0; x < width; x++)
        {
            narrow.Slice(x * Lanes, Lanes).CopyTo(target[((pass.Left + (x * pass.Across)) * Lanes)..]);
        }
    }

    private void Widen(ReadOnlySpan<byte> row, int width)
    {
        var wide = _wide.Samples;
        var samples = _channels == Lanes ? wide.AsSpan(0, width * Lanes) : _samples.AsSpan(0, width * _channels);
        var stored = MemoryMarshal.Cast<byte, ushort>(row)[..samples.Length];
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(stored, samples);
        }
        else
        {
            stored.CopyTo(samples);
        }

        if (_channels == Lanes)
        {
            return;
        }

        var (green, blue, alpha) = _channels switch { 1 => (0, 0, -1), 2 => (0, 0, 1), _ => (1, 2, -1) };
        for (var x = 0; x < width; x++)
        {
            var pixel = samples.Slice(x * _channels, _channels);
            var hidden = _transparent.Length > 0 && pixel.SequenceEqual(_transparent);
            wide[Lanes * x] = pixel[0];
            wide[(Lanes * x) + 1] = pixel[green];
            wide[(Lanes * x) + 2] = pixel[blue];
            wide[(Lanes * x) + 3] = hidden ? (ushort)0 : alpha >= 0 ? pixel[alpha] : ushort.MaxValue;
        }
    }

    private static ushort[] ReadSamples(ReadOnlySpan<byte> bytes, int count)
    {
        var samples = new ushort[count];
        for (var i = 0; i < count; i++)
        {
            samples[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(i * BytesPerSample)..]);
        }

        return samples;
    }

    private readonly record struct Pass(int Left, int Top, int Across, int Down)
    {
        public (int Width, int Height) Size(int width, int height) =>
            ((width - Left + Across - 1) / Across, (height - Top + Down - 1) / Down);
    }
}
