namespace NeuralMask.Imaging;

/// <summary>
/// Spreads a mask to a picture that is larger than it, so that alpha follows the picture's edges and not the mask's
/// pixels. Only round the unsure part of the mask; elsewhere, and in a flat picture, it is the bilinear spread.
/// </summary>
public static class EdgeRefinement
{
    /// <summary>
    /// Picture pixels along an axis for one of the mask, from which on refining pays: below it the mask already has
    /// nearly every detail of the picture.
    /// </summary>
    public const double LeastEnlargement = 1.5;

    /// <summary>Spreads and refines.</summary>
    /// <param name="picture">The picture at its full size; not changed. Where it is transparent it counts as mid-grey, as on the canvas.</param>
    /// <param name="mask">The mask of the canvas; it may have another size than the canvas.</param>
    /// <param name="placement">Where the picture lay on the canvas.</param>
    /// <param name="cancellationToken">Seen once a row.</param>
    /// <returns>Alpha at the picture's size.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Mask Refine(Picture picture, Mask mask, CanvasPlacement placement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(mask);
        var alpha = GC.AllocateUninitializedArray<byte>(checked(picture.Width * picture.Height));
        Refine(picture, mask, placement, alpha, cancellationToken);
        return new Mask(alpha, picture.Width, picture.Height);
    }

    /// <summary>The same into memory of the caller's, a byte a pixel.</summary>
    internal static void Refine(Picture picture, Mask mask, CanvasPlacement placement, Span<byte> alpha, CancellationToken cancellationToken)
    {
        MatteLayer.Spread(mask, placement, picture.Width, picture.Height, alpha, cancellationToken);
        var grid = MaskGrid.Of(mask, placement, picture.Width, picture.Height);
        if (grid.Enlargement < LeastEnlargement)
        {
            return;
        }

        using var band = new BandCells(mask, grid);
        if (band.IsEmpty)
        {
            return;
        }

        using var guide = GuideGrid.Of(picture, grid, band, cancellationToken);
        var softness = MaskSoftness.Find(guide, mask, grid, band, cancellationToken);
        var fit = new EdgeFit(new GuideRows(guide, grid, softness), mask, grid);
        using var rows = new FittedRows(fit, band, mask, grid, picture.Width, picture.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Refine(picture, y, alpha.Slice(y * picture.Width, picture.Width));
        }
    }
}
