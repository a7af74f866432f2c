using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Imaging;

namespace NeuralMask.Api.Pipeline;

/// <summary>Says in the words of imaging what a manifest says of a network's input.</summary>
internal static class ModelCanvas
{
    public static Canvas Of(ModelInput input) => new(Fit(input.Resize), Kernel(input.Filter), input.Width, input.Height)
    {
        MultipleOf = input.MultipleOf,
        ReferenceSide = input.ReferenceSide,
    };

    private static CanvasFit Fit(ResizeMode mode) => mode switch
    {
        ResizeMode.Letterbox => CanvasFit.Letterbox,
        ResizeMode.ShortSide => CanvasFit.ShortSide,
        _ => CanvasFit.Stretch,
    };

    private static ResizeKernel Kernel(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Area => ResizeKernel.Area,
        ResizeFilter.Lanczos => ResizeKernel.Lanczos,
        _ => ResizeKernel.Bilinear,
    };
}
