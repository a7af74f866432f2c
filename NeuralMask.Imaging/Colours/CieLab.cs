namespace NeuralMask.Imaging;

/// <summary>Between CIE 1976 L*a*b* and XYZ, both under D50.</summary>
internal static class CieLab
{
    private const double Epsilon = 216.0 / 24389;
    private const double Kappa = 24389.0 / 27;

    /// <summary>XYZ of the white of D50.</summary>
    public static (double X, double Y, double Z) White => (0.9642, 1, 0.8249);

    public static (double X, double Y, double Z) ToXyz((double L, double A, double B) lab)
    {
        var y = (lab.L + 16) / 116;
        return (White.X * Cubed(y + (lab.A / 500)), White.Y * Cubed(y), White.Z * Cubed(y - (lab.B / 200)));
    }

    public static (double L, double A, double B) FromXyz((double X, double Y, double Z) xyz)
    {
        var (x, y, z) = (Root(xyz.X / White.X), Root(xyz.Y / White.Y), Root(xyz.Z / White.Z));
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double Cubed(double value) =>
        value * value * value is var cube && cube > Epsilon ? cube : ((116 * value) - 16) / Kappa;

    private static double Root(double value) => value > Epsilon ? Math.Cbrt(value) : ((Kappa * value) + 16) / 116;
}
