using NeuralMask.Api.Faults;
using NeuralMask.Imaging;

namespace NeuralMask.Api.Pipeline;

/// <summary>From the network's mask to the answer's file: size, matte, background, encoding.</summary>
internal static class CutoutFinish
{
    // What "full" means in remove.bg's contract, and so in its headers.
    private const long FullPixels = 25_000_000;

    /// <exception cref="FaultException">The mask is empty.</exception>
    public static Cutout Finish(CutoutRequest request, Picture picture, Mask mask, CanvasPlacement placement, CancellationToken cancellationToken)
    {
        var format = request.Format == CutoutFormat.Auto ? Expected(request) : request.Format;

        // Shrunk before the mask is laid: less to do, and the colour behind the mask is still there for a ZIP.
        using var smaller = PictureResize.Shrink(picture, request.MaxPixels(format), cancellationToken);
        var shown = smaller ?? picture;
        var hidden = format == CutoutFormat.Zip ? HiddenColour.Kept : HiddenColour.Cleared;
        var matte = MatteFinish.Apply(shown, mask, placement, new FinishOptions { HiddenColour = hidden }, cancellationToken);
        var foreground = ForegroundBox.Of(shown, ForegroundBox.DefaultThreshold, cancellationToken)
            ?? throw new FaultException(KnownFaults.UnknownForeground);
        if (request.Background is { } colour && format != CutoutFormat.Zip && !request.AlphaOnly)
        {
            Backdrop.Lay(shown, colour, cancellationToken);
        }

        if (request.Format == CutoutFormat.Auto && !request.AlphaOnly)
        {
            format = shown.IsOpaque ? CutoutFormat.Jpeg : CutoutFormat.Png;
        }

        var (file, type) = Encode(request, shown, format, cancellationToken);
        var (fullWidth, fullHeight) = PictureResize.Within(picture.Width, picture.Height, FullPixels);
        return new Cutout(file, type, shown.Width, shown.Height, fullWidth, fullHeight, InPicture(foreground, shown, picture), matte.Uncertainty);
    }

    // What limit of pixels counts has to be known before there is anything to look at.
    private static CutoutFormat Expected(CutoutRequest request) =>
        request.Background is { Alpha: 255 } && !request.AlphaOnly ? CutoutFormat.Jpeg : CutoutFormat.Png;

    private static (EncodedFile File, string ContentType) Encode(CutoutRequest request, Picture picture, CutoutFormat format, CancellationToken cancellationToken) => format switch
    {
        CutoutFormat.Zip => (ZipEncoder.Zip(picture, PictureEncoder.DefaultQuality, cancellationToken), "application/zip"),
        CutoutFormat.Jpeg when request.AlphaOnly => (PictureEncoder.AlphaJpeg(picture, PictureEncoder.DefaultQuality, cancellationToken), "image/jpeg"),
        CutoutFormat.Jpeg => (PictureEncoder.Jpeg(picture, BackgroundColour.White, PictureEncoder.DefaultQuality, cancellationToken), "image/jpeg"),
        _ when request.AlphaOnly => (PictureEncoder.AlphaPng(picture, cancellationToken), "image/png"),
        _ => (PictureEncoder.Png(picture, cancellationToken), "image/png"),
    };

    private static ForegroundBox InPicture(ForegroundBox box, Picture shown, Picture picture)
    {
        int Scale(int value, int from, int to) => (int)Math.Round(value * (double)to / from);

        var (left, top) = (Scale(box.Left, shown.Width, picture.Width), Scale(box.Top, shown.Height, picture.Height));
        return new ForegroundBox(
            left,
            top,
            Math.Max(1, Scale(box.Left + box.Width, shown.Width, picture.Width) - left),
            Math.Max(1, Scale(box.Top + box.Height, shown.Height, picture.Height) - top));
    }
}
