namespace NeuralMask.Imaging;

/// <summary>Pictures onto canvases.</summary>
public static class CanvasPainter
{
    private const int BytesPerPixel = 3;

    /// <summary>
    /// Paints the picture onto a canvas: antialiased where it shrinks, over mid-grey (128) where it is transparent,
    /// black where there is no picture.
    /// </summary>
    /// <param name="picture">The picture; not changed.</param>
    /// <param name="canvas">What the network wants.</param>
    /// <param name="cancellationToken">Seen once a row.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CanvasPixels Paint(Picture picture, Canvas canvas, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(canvas);
        var placement = canvas.Place(picture.Width, picture.Height);
        var rgb = new byte[placement.CanvasWidth * placement.CanvasHeight * BytesPerPixel];
        var stride = placement.CanvasWidth * BytesPerPixel;
        if (picture.IsOpaque)
        {
            Resampler.Run<OpaqueForm>(picture, placement.Width, placement.Height, canvas.Kernel, rgb, stride, cancellationToken);
        }
        else
        {
            Resampler.Run<GreyBackedForm>(picture, placement.Width, placement.Height, canvas.Kernel, rgb, stride, cancellationToken);
        }

        return new CanvasPixels(rgb, placement);
    }
}
