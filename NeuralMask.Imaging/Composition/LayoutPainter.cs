namespace NeuralMask.Imaging;

/// <summary>Cut-outs onto the canvas of their layout.</summary>
public static class LayoutPainter
{
    /// <summary>Paints a cut-out as it is laid out; where it does not come to lie, the result is transparent.</summary>
    /// <param name="picture">The cut-out that the layout was made for; not changed.</param>
    /// <param name="layout">How it is laid out.</param>
    /// <param name="cancellationToken">Seen once a row.</param>
    /// <returns>
    /// The result, of which the caller disposes; null where the layout changes nothing. Where the subject is scaled,
    /// colour that was hidden under alpha 0 is lost.
    /// </returns>
    /// <exception cref="ArgumentException">The layout was made for a smaller or larger cut-out.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Picture? Paint(Picture picture, Layout layout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var whole = PixelBox.Whole(picture.Width, picture.Height);
        if (!whole.Contains(layout.Source) || !PixelBox.Whole(layout.Width, layout.Height).Contains(layout.Target))
        {
            throw new ArgumentException($"The layout {layout} was not made for {picture.Width} × {picture.Height} pixels.", nameof(layout));
        }

        if (layout.IsUnchanged && layout.Source == whole)
        {
            return null;
        }

        var canvas = new Picture(layout.Width, layout.Height);
        try
        {
            if (layout.Target != PixelBox.Whole(layout.Width, layout.Height))
            {
                canvas.Pixels.Clear();
            }

            Fill(picture, layout, canvas, cancellationToken);
            return canvas;
        }
        catch
        {
            canvas.Dispose();
            throw;
        }
    }

    private static void Fill(Picture picture, Layout layout, Picture canvas, CancellationToken cancellationToken)
    {
        var (source, target) = (layout.Source, layout.Target);
        if (source.Width == target.Width && source.Height == target.Height)
        {
            PictureRegion.Copy(picture, source, canvas, target.Left, target.Top, cancellationToken);
            return;
        }

        var stride = canvas.Width * Picture.BytesPerPixel;
        var start = (target.Top * stride) + (target.Left * Picture.BytesPerPixel);
        var part = new SourcePart(source.Left, source.Top, source.Width, source.Height);
        Resampler.Run<PremultipliedForm>(
            picture, part, target.Width, target.Height, ResizeKernel.Bilinear, canvas.Pixels[start..], stride, cancellationToken);
    }
}
