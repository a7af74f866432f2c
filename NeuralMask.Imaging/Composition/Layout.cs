namespace NeuralMask.Imaging;

/// <summary>
/// How a result is laid out: which part of the cut-out comes where on a canvas, everything else being transparent. Pure
/// geometry; <see cref="LayoutPainter"/> does it.
/// </summary>
/// <param name="Width">Width of the canvas in pixels.</param>
/// <param name="Height">Height of the canvas in pixels.</param>
/// <param name="Source">The part of the cut-out that is shown.</param>
/// <param name="Target">Where it comes to lie: always within the canvas.</param>
public readonly record struct Layout(int Width, int Height, PixelBox Source, PixelBox Target)
{
    /// <summary>True where nothing is cropped, moved or scaled: the cut-out is the result as it is.</summary>
    public bool IsUnchanged => Source == PixelBox.Whole(Width, Height) && Target == Source;

    /// <summary>Lays out a cut-out.</summary>
    /// <param name="width">Width of the cut-out in pixels.</param>
    /// <param name="height">Height of the cut-out in pixels.</param>
    /// <param name="subject">Where the subject is: within the cut-out, at least one pixel.</param>
    /// <param name="wishes">What is wanted.</param>
    /// <exception cref="ArgumentException">The subject does not lie within the cut-out.</exception>
    public static Layout Of(int width, int height, PixelBox subject, LayoutWishes wishes)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        if (subject.Width < 1 || subject.Height < 1 || !PixelBox.Whole(width, height).Contains(subject))
        {
            throw new ArgumentException($"The subject {subject} does not lie within {width} × {height} pixels.", nameof(subject));
        }

        var canvas = wishes.Crop is { } margin ? Around(subject, margin, wishes.MaxPixels) : PixelBox.Whole(width, height);
        if (wishes.Scale.Share is null && wishes.Position.Across is null)
        {
            // Nothing moves, so that what is beside the subject may stay: there is no telling what faint edge it has.
            var source = canvas.Intersect(PixelBox.Whole(width, height));
            return new Layout(canvas.Width, canvas.Height, source, source with { Left = source.Left - canvas.Left, Top = source.Top - canvas.Top });
        }

        var (subjectWidth, subjectHeight) = Sized(subject, canvas, wishes.Scale);
        var (roomX, roomY) = (canvas.Width - subjectWidth, canvas.Height - subjectHeight);
        var (left, top) = wishes.Position is { Across: { } across, Down: { } down }
            ? ((int)Math.Round(roomX * across), (int)Math.Round(roomY * down))
            : (Kept(subject.Left - canvas.Left, subject.Width, subjectWidth, roomX), Kept(subject.Top - canvas.Top, subject.Height, subjectHeight, roomY));
        return new Layout(canvas.Width, canvas.Height, subject, new PixelBox(left, top, subjectWidth, subjectHeight));
    }

    // A canvas of too many pixels gets margins that are smaller by one factor: the positive root of
    // (w + f (l + r)) (h + f (t + b)) = most.
    private static PixelBox Around(PixelBox subject, CropMargin margin, long maxPixels)
    {
        var (top, right, bottom, left) = margin.Around(subject.Width, subject.Height);
        var (across, down) = ((double)left + right, (double)top + bottom);
        if ((subject.Width + across) * (subject.Height + down) > maxPixels)
        {
            var (a, b, c) = (across * down, (across * subject.Height) + (down * subject.Width), ((double)subject.Width * subject.Height) - maxPixels);
            var factor = c >= 0 ? 0 : a == 0 ? -c / b : (Math.Sqrt((b * b) - (4 * a * c)) - b) / (2 * a);
            (top, right, bottom, left) = ((int)(top * factor), (int)(right * factor), (int)(bottom * factor), (int)(left * factor));
        }

        return new PixelBox(subject.Left - left, subject.Top - top, subject.Width + left + right, subject.Height + top + bottom);
    }

    private static (int Width, int Height) Sized(PixelBox subject, PixelBox canvas, SubjectScale scale)
    {
        if (scale.Share is not { } share)
        {
            return (subject.Width, subject.Height);
        }

        var factor = share * Math.Min((double)canvas.Width / subject.Width, (double)canvas.Height / subject.Height);
        return (
            Math.Clamp((int)Math.Round(subject.Width * factor), 1, canvas.Width),
            Math.Clamp((int)Math.Round(subject.Height * factor), 1, canvas.Height));
    }

    // The middle stays, unless that would put a part of the subject off the canvas.
    private static int Kept(int start, int before, int now, int room) =>
        Math.Clamp((int)Math.Round(start + ((before - now) / 2.0)), 0, room);
}
