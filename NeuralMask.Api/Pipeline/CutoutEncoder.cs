using NeuralMask.Imaging;

namespace NeuralMask.Api.Pipeline;

/// <summary>Brings a finished cut-out to the size, background and file format that were asked for.</summary>
internal static class CutoutEncoder
{
    // What "full" means in remove.bg's contract, and so in its headers.
    private const long FullPixels = 25_000_000;

    public static Cutout Encode(CutoutRequest request, Picture picture, ForegroundBox foreground, CancellationToken cancellationToken)
    {
        var format = Resolve(request, picture);
        using var shrunk = PictureResize.Shrink(picture, request.MaxPixels(format), cancellationToken);
        var shown = shrunk ?? picture;
        if (request.Background is { } background && !request.AlphaOnly && format != CutoutFormat.Zip)
        {
            Backdrop.Lay(shown, background);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var (bytes, type) = Write(request, shown, format);
        var (fullWidth, fullHeight) = PictureResize.Fit(picture.Width, picture.Height, FullPixels);
        return new Cutout(bytes, type, shown.Width, shown.Height, fullWidth, fullHeight, foreground);
    }

    private static CutoutFormat Resolve(CutoutRequest request, Picture picture) =>
        request.Format != CutoutFormat.Auto ? request.Format
        : request.AlphaOnly || !(picture.IsOpaque || request.Background is { IsOpaque: true }) ? CutoutFormat.Png
        : CutoutFormat.Jpeg;

    private static (ReadOnlyMemory<byte> Bytes, string ContentType) Write(CutoutRequest request, Picture picture, CutoutFormat format) => format switch
    {
        CutoutFormat.Zip => (PictureEncoder.Zip(picture), "application/zip"),
        CutoutFormat.Jpeg when request.AlphaOnly => (PictureEncoder.AlphaJpeg(picture), "image/jpeg"),
        CutoutFormat.Jpeg => (PictureEncoder.Jpeg(picture, BackgroundColour.White), "image/jpeg"),
        _ when request.AlphaOnly => (PictureEncoder.AlphaPng(picture), "image/png"),
        _ => (PictureEncoder.Png(picture), "image/png"),
    };
}
