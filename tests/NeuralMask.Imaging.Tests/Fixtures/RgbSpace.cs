namespace NeuralMask.Imaging.Tests;

/// <summary>
/// An RGB colour space by its primaries and gamma, with its ICC profile and an exact conversion to sRGB: the yardstick
/// for what the codec makes of a profile, independent of it.
/// </summary>
internal sealed class RgbSpace
{
    // Primaries adapted to D50, as columns of the matrix from linear RGB to XYZ.
    private readonly double[,] _toXyz;
    private readonly Func<double, double> _linear;
    private readonly byte[] _curve;

    private RgbSpace(double[,] toXyz, Func<double, double> linear, byte[] curve)
    {
        _toXyz = toXyz;
        _linear = linear;
        _curve = curve;
    }

    public static RgbSpace Srgb { get; } = new(
        new[,] { { 0.43607, 0.38515, 0.14307 }, { 0.22249, 0.71687, 0.06061 }, { 0.01392, 0.09708, 0.71410 } },
        SrgbLinear,
        SrgbCurve());

    public static RgbSpace DisplayP3 { get; } = new(
        new[,] { { 0.51512, 0.29198, 0.15710 }, { 0.24120, 0.69225, 0.06657 }, { -0.00105, 0.04189, 0.78407 } },
        SrgbLinear,
        SrgbCurve());

    public static RgbSpace AdobeRgb { get; } = new(
        new[,] { { 0.60974, 0.20528, 0.14919 }, { 0.31111, 0.62567, 0.06322 }, { 0.01947, 0.06087, 0.74457 } },
        value => Math.Pow(value, 563 / 256.0),
        [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 1, 0x02, 0x33]);

    /// <summary>A matrix profile of version 4.</summary>
    public byte[] Profile() => IccFile.Write(
        4,
        "mntrRGB XYZ ",
        ("wtpt", IccFile.Xyz(0.9642, 1, 0.8249)),
        ("rXYZ", Column(0)),
        ("gXYZ", Column(1)),
        ("bXYZ", Column(2)),
        ("rTRC", _curve),
        ("gTRC", _curve),
        ("bTRC", _curve));

    /// <summary>The 8-bit sRGB value of an 8-bit value of this space, clipped.</summary>
    public byte[] ToSrgb(byte red, byte green, byte blue)
    {
        var linear = new[] { _linear(red / 255.0), _linear(green / 255.0), _linear(blue / 255.0) };
        var xyz = Multiply(_toXyz, linear);
        return [.. Multiply(Invert(Srgb._toXyz), xyz).Select(value => (byte)Math.Round(255 * SrgbEncoded(Math.Clamp(value, 0, 1))))];
    }

    private static double SrgbLinear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double SrgbEncoded(double value) => value <= 0.0031308 ? value * 12.92 : (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055;

    // Parametric curve of type 3: g, a, b, c, d.
    private static byte[] SrgbCurve() =>
        [.. "para"u8, 0, 0, 0, 0, 0, 3, 0, 0, .. IccFile.Fixed(2.4), .. IccFile.Fixed(1 / 1.055), .. IccFile.Fixed(0.055 / 1.055), .. IccFile.Fixed(1 / 12.92), .. IccFile.Fixed(0.04045)];

    private static double[] Multiply(double[,] matrix, double[] vector) =>
        [.. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Sum(column => matrix[row, column] * vector[column]))];

    private static double[,] Invert(double[,] m)
    {
        double Minor(int r, int c) => (m[(r + 1) % 3, (c + 1) % 3] * m[(r + 2) % 3, (c + 2) % 3]) - (m[(r + 1) % 3, (c + 2) % 3] * m[(r + 2) % 3, (c + 1) % 3]);
        var determinant = Enumerable.Range(0, 3).Sum(c => m[0, c] * Minor(0, c));
        var result = new double[3, 3];
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                result[row, column] = Minor(column, row) / determinant;
            }
        }

        return result;
    }

    private byte[] Column(int index) => IccFile.Xyz(_toXyz[0, index], _toXyz[1, index], _toXyz[2, index]);
}
