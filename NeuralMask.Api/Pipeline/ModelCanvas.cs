using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Imaging;

namespace NeuralMask.Api.Pipeline;

/// <summary>Says in the words of imaging what a manifest says of a network's input.</summary>
internal static class ModelCanvas
{
    public static Canvas Of(ModelInput input) => new()
    {
        Width = input.Width,
        Height = input.Height,
        MultipleOf = input.MultipleOf,
        ReferenceSide = input.ReferenceSide,
        Fit = input.Resize switch
        {
            ResizeMode.Letterbox => CanvasFit.Letterbox,
            ResizeMode.ShortSide => CanvasFit.ShortSide,
            _ => CanvasFit.Stretch,
        },
        Kernel = input.Filter switch
        {
            ResizeFilter.Area => ResizeKernel.Area,
            ResizeFilter.Lanczos => ResizeKernel.Lanczos,
            _ => ResizeKernel.Bilinear,
        },
    };
}
