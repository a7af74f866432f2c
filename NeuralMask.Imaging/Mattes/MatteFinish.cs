namespace NeuralMask.Imaging;

/// <summary>From a network's mask to a finished cut-out, in place.</summary>
public static class MatteFinish
{
    /// <summary>
    /// Spreads the mask to the picture's size along its edges, snaps it, cleans the colour of the soft band, and
    /// multiplies the picture's alpha by it, so that alpha never rises. Besides the picture it takes a byte a pixel and
    /// some megabytes. One thread; the same input gives the same bytes.
    /// </summary>
    /// <param name="picture">The picture; its alpha becomes alpha × mask / 255, rounded, and its colour that of the subject.</param>
    /// <param name="mask">The mask of the canvas; it may have another size than the canvas.</param>
    /// <param name="placement">Where the picture lay on the canvas.</param>
    /// <param name="options">What is to be done.</param>
    /// <param name="cancellationToken">Seen once a row; a picture that was cancelled is changed in part.</param>
    /// <returns>How unsure the network was.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FinishedMatte Apply(
        Picture picture, Mask mask, CanvasPlacement placement, FinishOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(options);
        var plane = new NativePixels(checked(picture.Width * picture.Height));
        try
        {
            var alpha = plane.GetSpan();
            if (options.Edges)
            {
                EdgeRefinement.Refine(picture, mask, placement, alpha, cancellationToken);
            }
            else
            {
                MatteLayer.Spread(mask, placement, picture.Width, picture.Height, alpha, cancellationToken);
            }

            if (options.Snap)
            {
                AlphaSnap.Apply(alpha);
            }

            if (options.Foreground)
            {
                ForegroundColour.Estimate(picture, alpha, cancellationToken);
            }

            MatteLayer.Lay(picture, alpha, options.HiddenColour, cancellationToken);
        }
        finally
        {
            plane.Free();
        }

        return new FinishedMatte(MaskUncertainty.Of(mask, placement));
    }
}
