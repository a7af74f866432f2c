namespace NeuralMask.Imaging;

/// <summary>The form in which a JPEG carries a colour profile: pieces in APP2 segments, each with its number.</summary>
internal static class IccSegment
{
    private const byte Marker = 0xE2;

    // Start and marker of the segment, its length, the name, the piece's number and the number of pieces.
    private const int Overhead = 4 + NameLength + 2;
    private const int NameLength = 12;

    private static ReadOnlySpan<byte> Name => "ICC_PROFILE\0"u8;

    /// <summary>True where the body of an APP2 segment is a piece of a profile.</summary>
    public static bool IsPiece(ReadOnlySpan<byte> body) => body.Length >= NameLength + 2 && body.StartsWith(Name);

    /// <summary>A copy of the file with this profile for its only one; the profile has to fit into one segment.</summary>
    public static byte[] Replace(ReadOnlySpan<byte> jpeg, ReadOnlySpan<byte> profile)
    {
        var copy = new byte[jpeg.Length + Overhead + profile.Length];
        jpeg[..2].CopyTo(copy);
        var target = copy.AsSpan(2);
        var length = checked((ushort)(Overhead - 2 + profile.Length));
        ReadOnlySpan<byte> start = [0xFF, Marker, (byte)(length >> 8), (byte)length];
        start.CopyTo(target);
        Name.CopyTo(target[4..]);
        target[Overhead - 2] = 1;
        target[Overhead - 1] = 1;
        profile.CopyTo(target[Overhead..]);
        jpeg[2..].CopyTo(target[(Overhead + profile.Length)..]);
        Silence(copy.AsSpan(2 + Overhead + profile.Length));
        return copy;
    }

    // What else calls itself a profile gets another name: two profiles count as none.
    private static void Silence(Span<byte> segments)
    {
        while (segments.Length >= 4 && segments[0] == 0xFF && segments[1] is >= 0xC0 and not 0xDA)
        {
            var length = Math.Min(segments.Length, 2 + Math.Max(2, (segments[2] << 8) | segments[3]));
            if (segments[1] == Marker && IsPiece(segments[4..length]))
            {
                segments[4] = 0;
            }

            segments = segments[length..];
        }
    }
}
