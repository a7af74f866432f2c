using NeuralMask.Api.Pipeline;

namespace NeuralMask.Api.Endpoints;

/// <summary>Sends a cut-out's file.</summary>
internal static class CutoutAnswer
{
    public static async Task Send(HttpContext context, Cutout cutout)
    {
        context.Response.ContentType = cutout.ContentType;
        context.Response.ContentLength = cutout.Bytes.Length;
        await context.Response.Body.WriteAsync(cutout.Bytes, context.RequestAborted);
    }
}
