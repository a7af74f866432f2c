using NeuralMask.Imaging;

namespace NeuralMask.Api.Pipeline;

/// <summary>
/// CPU seconds that a picture takes on the front, by its size: a first estimate from one core of a server processor
/// (12 MP JPEG: 0.08 s to decode, 0.03 s for the canvas, 0.01 s for the mask, 0.19 s for the PNG).
/// </summary>
internal static class FrontCost
{
    private const double Fixed = 0.003;
    private const double PreparePerMegapixel = 0.009;
    private const double FinishPerMegapixel = 0.017;

    public static double Prepare(PictureHeader header) => Fixed + (PreparePerMegapixel * header.Pixels / 1e6);

    public static double Finish(PictureHeader header) => Fixed + (FinishPerMegapixel * header.Pixels / 1e6);
}
