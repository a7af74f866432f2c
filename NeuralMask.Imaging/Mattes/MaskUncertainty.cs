namespace NeuralMask.Imaging;

/// <summary>How unsure a network was of its mask.</summary>
public static class MaskUncertainty
{
    /// <summary>
    /// Σ 4 α (1 − α) over the part of the mask that the picture covers, divided by its pixels with α above
    /// <see cref="AlphaSnap.Nothing"/>: the share of the subject that is undecided. 0 is a mask of nothing but yes and
    /// no (an empty one too), 1 one that is grey all over. A solid thing has about 0.02, loose hair and glass 0.1 to
    /// 0.4, and a picture without a subject, which networks answer with haze, more.
    /// </summary>
    /// <param name="mask">The network's mask, before anything else was done to it.</param>
    /// <param name="placement">Where the picture lay on the canvas.</param>
    /// <returns>0 to 1.</returns>
    public static double Of(Mask mask, CanvasPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var grid = MaskGrid.Of(mask, placement, mask.Width, mask.Height);
        long undecided = 0, seen = 0;
        for (var y = 0; y < grid.Height; y++)
        {
            foreach (var alpha in mask.Alpha.Span.Slice(y * mask.Width, grid.Width))
            {
                if (alpha > AlphaSnap.Nothing)
                {
                    undecided += 4 * alpha * (255 - alpha);
                    seen++;
                }
            }
        }

        return seen == 0 ? 0 : undecided / (255.0 * 255 * seen);
    }
}
