using System.Buffers.Binary;

namespace NeuralMask.Imaging;

/// <summary>What the segments of a JPEG file say.</summary>
internal static class JpegFacts
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte ProfileSegment = 0xE2;
    private const byte AdobeSegment = 0xEE;
    private const byte Comment = 0xFE;
    private const int BytesPerCoefficient = 2;

    /// <summary>Walks over the segments, counting scans no further than one beyond the limit.</summary>
    public static FileFacts Read(ReadOnlySpan<byte> jpeg, int maxScans)
    {
        var facts = new FileFacts { Scans = 0 };
        var frame = default(Frame);
        bool adobe = false, inkProfile = false, ended = false, gathered = false;
        var rest = jpeg[2..];
        while (facts.Scans <= maxScans && NextMarker(ref rest) is { } marker)
        {
            if (marker == EndOfImage)
            {
                ended = true;
                break;
            }

            if (rest.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(rest) is var length && (length < 2 || length > rest.Length))
            {
                break;
            }

            var body = rest[2..length];
            rest = rest[length..];
            if (marker is (>= 0xE0 and <= 0xEF) or Comment)
            {
                facts = facts with { MetadataBytes = facts.MetadataBytes + body.Length };
                adobe |= marker == AdobeSegment && body.StartsWith("Adobe"u8);
                inkProfile |= marker == ProfileSegment && IsInkProfile(body);
            }
            else if (marker == StartOfScan)
            {
                // Where one scan has not all of it, the codec gathers coefficients until the end. Else there is nothing to
                // learn from the walk through the rest.
                facts = facts with { Scans = facts.Scans + 1 };
                gathered |= frame.IsProgressive || body.IsEmpty || body[0] != frame.Components;
                if (!gathered)
                {
                    break;
                }
            }
            else if (Frame.IsMarker(marker) && frame.Components == 0)
            {
                frame = Frame.Read(marker, body);
            }
        }

        return facts with
        {
            Scans = Math.Max(1, facts.Scans),
            CodecBytesPerPixel = gathered ? frame.CoefficientsPerPixel * BytesPerCoefficient : 0,
            Inks = frame.Components != 4 ? InkStorage.None : inkProfile ? InkStorage.Profiled : adobe ? InkStorage.Inverted : InkStorage.Direct,
            Unreadable = frame.Unreadable,
            LacksScans = gathered && !ended,
        };
    }

    // The first piece of a profile begins with its header, whose bytes 16 to 19 name what it converts.
    private static bool IsInkProfile(ReadOnlySpan<byte> body) =>
        IccSegment.IsPiece(body) && body[12] == 1 && body.Length >= 34 && body.Slice(30, 4).SequenceEqual("CMYK"u8);

    // Skips coded pixels too: in them, 0xFF is followed by 0 or by a restart marker, neither of which has a length.
    private static byte? NextMarker(ref ReadOnlySpan<byte> rest)
    {
        while (rest.IndexOf((byte)0xFF) is var at && at >= 0 && at + 1 < rest.Length)
        {
            var marker = rest[at + 1];
            rest = rest[(at + (marker == 0xFF ? 1 : 2))..];
            if (marker is not (0 or 0xFF or 1 or (>= 0xD0 and <= 0xD8)))
            {
                return marker;
            }
        }

        return null;
    }

    private readonly record struct Frame(byte Marker, int Components, double CoefficientsPerPixel, int Precision)
    {
        public bool IsProgressive => Marker == 0xC2;

        public string? Unreadable => Marker switch
        {
            0 or 0xC0 or 0xC1 or 0xC2 when Precision is 0 or 8 => null,
            0xC0 or 0xC1 or 0xC2 => "a JPEG of 12 bits a channel",
            0xC3 or 0xC7 or 0xCB or 0xCF => "a lossless JPEG",
            0xC9 or 0xCA or 0xCD or 0xCE => "a JPEG with arithmetic coding",
            _ => "a hierarchical JPEG",
        };

        // 0xC4, 0xC8 and 0xCC stand among the frame markers and are tables and reserve.
        public static bool IsMarker(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

        public static Frame Read(byte marker, ReadOnlySpan<byte> body)
        {
            if (body.Length < 6 || body.Length < 6 + (3 * body[5]))
            {
                return new Frame(marker, 0, 0, 0);
            }

            int sum = 0, across = 1, down = 1;
            for (var i = 0; i < body[5]; i++)
            {
                var sampling = body[7 + (3 * i)];
                sum += (sampling >> 4) * (sampling & 0xF);
                across = Math.Max(across, sampling >> 4);
                down = Math.Max(down, sampling & 0xF);
            }

            return new Frame(marker, body[5], (double)sum / (across * down), body[0]);
        }
    }
}
