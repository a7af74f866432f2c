using System.Buffers.Binary;

namespace NeuralMask.Imaging;

/// <summary>
/// The colour profile that a picture of inks without one is read by: offset printing on coated paper. The codec's own
/// way without a profile is "red = 255 − cyan − black", which makes cyan 00FFFF where print has about 009EE0.
/// </summary>
/// <remarks>
/// Neugebauer's model: what is seen of a raster is the mean of the sixteen ways in which solid inks can overlap,
/// weighed by how much of the paper each covers when dots fall at random, after the dots' gain. The solids' colours are
/// those of ISO 12647-2, paper type 1; black over another ink takes light away as it does from paper. Paper becomes
/// white and all inks together black, so that a picture keeps its range.
/// </remarks>
internal static class PrintProfile
{
    private const int Inks = 4;
    private const int Grid = 9;

    // How much larger a half-tone's dots are on paper than in the file, as a share of the area, at one half.
    private const double DotGain = 0.14;

    // Places of the profile's parts; those from the tag on are in its offsets too.
    private const int Tag = 128 + 4 + 12;
    private const int CurvesOut = Tag + 32;
    private const int Table = CurvesOut + (3 * StraightCurve);
    private const int TableHeader = 20;
    private const int Points = Grid * Grid * Grid * Grid;
    private const int CurvesIn = Table + TableHeader + (Points * 6);
    private const int StraightCurve = 12;
    private const int TwoPointCurve = 16;

    // By which inks are there: 1 cyan, 2 magenta, 4 yellow; L*, a*, b*.
    private static readonly (double L, double A, double B)[] Solids =
    [
        (95, 0, -2), (55, -37, -50), (48, 74, -3), (24, 17, -46), (89, -5, 93), (50, -65, 27), (47, 68, 48), (23, 0, 0),
    ];

    private static readonly (double L, double A, double B) Black = (16, 0, 0);

    private static readonly Lazy<byte[]> InvertedInks = new(() => Build(inverted: true));
    private static readonly Lazy<byte[]> DirectInks = new(() => Build(inverted: false));

    /// <summary>The ICC profile, for a codec that takes 255 for no ink; made once.</summary>
    public static ReadOnlySpan<byte> For(InkStorage storage) =>
        storage == InkStorage.Direct ? DirectInks.Value : InvertedInks.Value;

    private static byte[] Build(bool inverted)
    {
        var profile = new byte[CurvesIn + (Inks * TwoPointCurve)];
        WriteHeader(profile);
        for (var channel = 0; channel < 3; channel++)
        {
            "curv"u8.CopyTo(profile.AsSpan(CurvesOut + (channel * StraightCurve)));
        }

        for (var ink = 0; ink < Inks; ink++)
        {
            // Straight, or from full to none where the codec takes the inks the other way round.
            var curve = profile.AsSpan(CurvesIn + (ink * TwoPointCurve));
            "curv"u8.CopyTo(curve);
            curve[11] = 2;
            BinaryPrimitives.WriteUInt16BigEndian(curve[(inverted ? 14 : 12)..], ushort.MaxValue);
        }

        var solids = Overprints();
        var table = profile.AsSpan(Table + TableHeader);
        for (var point = 0; point < Points; point++)
        {
            var lab = CieLab.FromXyz(Raster(solids, point));
            BinaryPrimitives.WriteUInt16BigEndian(table[(6 * point)..], Word(lab.L / 100));
            BinaryPrimitives.WriteUInt16BigEndian(table[((6 * point) + 2)..], Word((lab.A + 128) / 255));
            BinaryPrimitives.WriteUInt16BigEndian(table[((6 * point) + 4)..], Word((lab.B + 128) / 255));
        }

        return profile;
    }

    // ICC version 4: one tag, A2B0, of the type lutAToB.
    private static void WriteHeader(Span<byte> profile)
    {
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        profile[8] = 4;
        "prtrCMYKLab "u8.CopyTo(profile[12..]);
        "acsp"u8.CopyTo(profile[36..]);
        BinaryPrimitives.WriteInt32BigEndian(profile[68..], 0xF6D6);
        BinaryPrimitives.WriteInt32BigEndian(profile[72..], 0x10000);
        BinaryPrimitives.WriteInt32BigEndian(profile[76..], 0xD32D);
        BinaryPrimitives.WriteInt32BigEndian(profile[128..], 1);
        "A2B0"u8.CopyTo(profile[132..]);
        BinaryPrimitives.WriteInt32BigEndian(profile[136..], Tag);
        BinaryPrimitives.WriteInt32BigEndian(profile[140..], profile.Length - Tag);
        var tag = profile[Tag..];
        "mAB "u8.CopyTo(tag);
        tag[8] = Inks;
        tag[9] = 3;
        BinaryPrimitives.WriteInt32BigEndian(tag[12..], CurvesOut - Tag);
        BinaryPrimitives.WriteInt32BigEndian(tag[24..], Table - Tag);
        BinaryPrimitives.WriteInt32BigEndian(tag[28..], CurvesIn - Tag);
        profile.Slice(Table, Inks).Fill(Grid);
        profile[Table + 16] = 2;
    }

    // The sixteen overlaps in light, paper as white; the second eight with black.
    private static (double X, double Y, double Z)[] Overprints()
    {
        var paper = CieLab.ToXyz(Solids[0]);
        var black = CieLab.ToXyz(Black);
        var result = new (double X, double Y, double Z)[2 * Solids.Length];
        for (var i = 0; i < Solids.Length; i++)
        {
            var (x, y, z) = CieLab.ToXyz(Solids[i]);
            result[i] = (x / paper.X, y / paper.Y, z / paper.Z);
            result[i + Solids.Length] = (
                result[i].X * black.X / paper.X, result[i].Y * black.Y / paper.Y, result[i].Z * black.Z / paper.Z);
        }

        // All inks together become black; the same is taken from everything, in proportion to how dark it is.
        var darkest = result[^1];
        return [.. result.Select(solid => (
            Math.Max(0, (solid.X - darkest.X) / (1 - darkest.X)),
            Math.Max(0, (solid.Y - darkest.Y) / (1 - darkest.Y)),
            Math.Max(0, (solid.Z - darkest.Z) / (1 - darkest.Z))))];
    }

    private static (double X, double Y, double Z) Raster((double X, double Y, double Z)[] solids, int point)
    {
        Span<double> covered = stackalloc double[Inks];
        for (var ink = Inks - 1; ink >= 0; ink--)
        {
            var share = (point % Grid) / (Grid - 1.0);
            covered[ink] = share + (4 * DotGain * share * (1 - share));
            point /= Grid;
        }

        var sum = (X: 0.0, Y: 0.0, Z: 0.0);
        for (var i = 0; i < solids.Length; i++)
        {
            var weight = 1.0;
            for (var ink = 0; ink < Inks; ink++)
            {
                weight *= ((i >> ink) & 1) == 1 ? covered[ink] : 1 - covered[ink];
            }

            sum = (sum.X + (weight * solids[i].X), sum.Y + (weight * solids[i].Y), sum.Z + (weight * solids[i].Z));
        }

        return (sum.X * CieLab.White.X, sum.Y * CieLab.White.Y, sum.Z * CieLab.White.Z);
    }

    private static ushort Word(double value) => (ushort)Math.Round(Math.Clamp(value, 0, 1) * ushort.MaxValue);
}
