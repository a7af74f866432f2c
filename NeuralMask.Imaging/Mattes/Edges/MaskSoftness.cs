namespace NeuralMask.Imaging;

/// <summary>
/// How soft a network's mask is, in cells: most are softer than their own resolution. A guide that is sharper than the
/// mask makes the fit too flat and leaves the softness in; one that is as soft gives the slope that sharp colours
/// then turn into a sharp edge, since a linear model commutes with any blur.
/// </summary>
internal static class MaskSoftness
{
    /// <summary>Cells from the centre of the softest kernel to its border.</summary>
    public const int Radius = 4;

    // A row in four tells as much: it is one number for the whole picture.
    private const int EveryRow = 4;

    // Binomials: variances of 0, 0.5, 1 and 2 cells.
    private static readonly float[][] Kernels =
    [
        [1],
        [1 / 4f, 2 / 4f, 1 / 4f],
        [1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f],
        [1 / 256f, 8 / 256f, 28 / 256f, 56 / 256f, 70 / 256f, 56 / 256f, 28 / 256f, 8 / 256f, 1 / 256f],
    ];

    /// <summary>The kernel with which colour explains most of the mask; the sharper one of two that are equal.</summary>
    public static float[] Find(GuideGrid guide, Mask mask, MaskGrid grid, BandCells band, CancellationToken cancellationToken)
    {
        var best = Kernels[0];
        double most = 0;
        foreach (var kernel in Kernels)
        {
            var fit = new EdgeFit(new GuideRows(guide, grid, kernel), mask, grid);
            double explained = 0;
            for (var y = 0; y < grid.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (first, end) = band.Span(y);
                if (end > 0 && y % EveryRow == 0)
                {
                    explained += fit.Row(y, first, end, default);
                }
            }

            if (explained > most)
            {
                (best, most) = (kernel, explained);
            }
        }

        return best;
    }
}
