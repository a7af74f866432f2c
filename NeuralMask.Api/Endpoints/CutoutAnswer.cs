using System.Globalization;
using NeuralMask.Api.Pipeline;
using NeuralMask.Imaging;

namespace NeuralMask.Api.Endpoints;

/// <summary>Sends a cut-out's file.</summary>
internal static class CutoutAnswer
{
    /// <summary>Headers that every flavour has.</summary>
    public static void WriteHeaders(HttpContext context, Cutout cutout, PictureHeader picture)
    {
        var headers = context.Response.Headers;
        headers["X-Request-Id"] = context.TraceIdentifier;
        headers["X-Uncertainty-Score"] = cutout.Uncertainty.ToString("0.###", CultureInfo.InvariantCulture);
        if (picture.Frames > 1)
        {
            // Of an animation the first frame is cut out, and nobody should have to find that out by looking.
            headers["X-Input-Frames"] = picture.Frames.ToString(CultureInfo.InvariantCulture);
        }
    }

    public static async Task Send(HttpContext context, Cutout cutout)
    {
        context.Response.ContentType = cutout.ContentType;
        context.Response.ContentLength = cutout.Bytes.Length;
        await context.Response.Body.WriteAsync(cutout.Bytes, context.RequestAborted);
    }
}
