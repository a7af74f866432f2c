using System.Buffers.Binary;
using System.Text;

namespace NeuralMask.Imaging;

/// <summary>
/// What a file is by its first bytes. Names and declared types are never asked: people rename files, and browsers
/// guess by the name.
/// </summary>
/// <param name="Name">What was found, as it reads in "received …": <c>JPEG</c>, <c>GIF</c>, <c>an HTML page</c>.</param>
/// <param name="IsPicture">True for still pictures of any format, readable here or not.</param>
/// <param name="Format">The format where it is one that is read; else null.</param>
public sealed record FileSignature(string Name, bool IsPicture, PictureFormat? Format)
{
    /// <summary>Bytes from the start that <see cref="Sniff"/> looks at; more never change its answer.</summary>
    public const int SniffLength = 1024;

    private static readonly FileSignature Unknown = Other("bytes of an unknown kind");

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Names a file by its first bytes. Never throws; noise and nothing have a name too.</summary>
    /// <param name="start">The first <see cref="SniffLength"/> bytes of the file, or all of a shorter one.</param>
    public static FileSignature Sniff(ReadOnlySpan<byte> start)
    {
        if (start.Length > SniffLength)
        {
            start = start[..SniffLength];
        }

        return start.IsEmpty ? Other("an empty file") : Raster(start) ?? Container(start) ?? Document(start) ?? Words(start) ?? Unknown;
    }

    private static FileSignature? Raster(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
        {
            return new("JPEG", true, PictureFormat.Jpeg);
        }

        if (start.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return new("PNG", true, PictureFormat.Png);
        }

        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8))
        {
            return new("GIF", true, PictureFormat.Gif);
        }

        // Two letters alone would take a text that starts with them: the reserved fields of the header must be zero.
        if (start.Length >= 14 && start.StartsWith("BM"u8) && BinaryPrimitives.ReadUInt32LittleEndian(start[6..]) == 0)
        {
            return new("BMP", true, PictureFormat.Bmp);
        }

        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) || start.StartsWith("II+\0"u8) || start.StartsWith("MM\0+"u8))
        {
            return Picture("TIFF");
        }

        if (start.StartsWith<byte>([0xFF, 0x0A]) || start.StartsWith<byte>([0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', (byte)' ']))
        {
            return Picture("JPEG XL");
        }

        if (start.StartsWith<byte>([0, 0, 0, 0x0C, (byte)'j', (byte)'P', (byte)' ', (byte)' ']) || start.StartsWith<byte>([0xFF, 0x4F, 0xFF, 0x51]))
        {
            return Picture("JPEG 2000");
        }

        if (start.StartsWith<byte>([0, 0, 1, 0]) && start.Length >= 6 && start[4] != 0)
        {
            return Picture("ICO");
        }

        return start.StartsWith("8BPS"u8) ? Picture("PSD") : null;
    }

    private static FileSignature? Container(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 12 && start.StartsWith("RIFF"u8))
        {
            var kind = start.Slice(8, 4);
            return kind.SequenceEqual("WEBP"u8) ? new("WebP", true, PictureFormat.WebP)
                : kind.SequenceEqual("AVI "u8) ? Other("an AVI film")
                : kind.SequenceEqual("WAVE"u8) ? Other("a WAV sound")
                : Other("a RIFF file");
        }

        if (start.Length >= 12 && start.Slice(4, 4).SequenceEqual("ftyp"u8))
        {
            return Encoding.ASCII.GetString(start.Slice(8, 4)) switch
            {
                "avif" or "avis" => Picture("AVIF"),
                "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "mif1" or "msf1" => HeifBrand(start),
                "qt  " => Other("a QuickTime film"),
                _ => Other("an MP4 film"),
            };
        }

        return start.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3]) ? Other("a Matroska or WebM film") : null;
    }

    // mif1 is the brand of the whole family; which member it is stands among the compatible brands.
    private static FileSignature HeifBrand(ReadOnlySpan<byte> start)
    {
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(start), (uint)start.Length);
        var brands = length > 16 ? start[16..length] : [];
        return Picture(brands.IndexOf("avif"u8) >= 0 ? "AVIF" : "HEIC");
    }

    private static FileSignature? Document(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("%PDF-"u8))
        {
            return Other("a PDF");
        }

        if (start.StartsWith("PK\x03\x04"u8))
        {
            return Other("a ZIP archive");
        }

        return start.StartsWith<byte>([0x1F, 0x8B]) ? Other("a gzip archive") : null;
    }

    private static FileSignature? Words(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(Utf8Mark))
        {
            start = start[Utf8Mark.Length..];
        }

        var text = start.Trim(" \t\r\n"u8);
        if (text.IsEmpty || text.IndexOfAnyExceptInRange((byte)0x20, (byte)0xFF) is var control && control >= 0 && !IsTextControl(text))
        {
            return null;
        }

        var lower = Encoding.Latin1.GetString(text).ToLowerInvariant();
        if (lower.StartsWith("<!doctype html", StringComparison.Ordinal) || lower.StartsWith("<html", StringComparison.Ordinal))
        {
            return Other("an HTML page");
        }

        if (lower.StartsWith("<svg", StringComparison.Ordinal) || (lower[0] == '<' && lower.Contains("<svg", StringComparison.Ordinal)))
        {
            return Picture("SVG");
        }

        return lower[0] switch
        {
            '<' when lower.StartsWith("<?xml", StringComparison.Ordinal) => Other("an XML document"),
            '<' when lower.Contains("<body", StringComparison.Ordinal) || lower.Contains("<head", StringComparison.Ordinal) => Other("an HTML page"),
            '{' or '[' => Other("JSON"),
            _ => lower.StartsWith("data:image/", StringComparison.Ordinal) ? Other("a data URL") : Other("text"),
        };
    }

    private static bool IsTextControl(ReadOnlySpan<byte> text)
    {
        foreach (var value in text)
        {
            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f'))
            {
                return false;
            }
        }

        return true;
    }

    private static FileSignature Picture(string name) => new(name, true, null);

    private static FileSignature Other(string name) => new(name, false, null);
}
