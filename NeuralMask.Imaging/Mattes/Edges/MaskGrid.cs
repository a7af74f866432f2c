namespace NeuralMask.Imaging;

/// <summary>
/// How a picture lies on a mask: the part of the mask that it covers, in cells (mask pixels), and how many picture
/// pixels a cell has along each axis. The last cell of an axis may be covered in part.
/// </summary>
internal readonly record struct MaskGrid(int Width, int Height, double PartWidth, double PartHeight, double StepX, double StepY)
{
    public static MaskGrid Of(Mask mask, CanvasPlacement placement, int pictureWidth, int pictureHeight)
    {
        // The mask may have another size than the canvas: the picture then ends inside a cell.
        var partWidth = (double)placement.Width * mask.Width / placement.CanvasWidth;
        var partHeight = (double)placement.Height * mask.Height / placement.CanvasHeight;
        return new MaskGrid(
            Cells(partWidth, mask.Width), Cells(partHeight, mask.Height), partWidth, partHeight, pictureWidth / partWidth, pictureHeight / partHeight);
    }

    /// <summary>Picture pixels along an axis for one cell, the larger of the two axes.</summary>
    public double Enlargement => Math.Max(StepX, StepY);

    private static int Cells(double part, int mask) => Math.Clamp((int)Math.Ceiling(part - 1e-6), 1, mask);
}
