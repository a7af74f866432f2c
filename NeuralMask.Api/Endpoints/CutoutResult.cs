using NeuralMask.Api.Pipeline;

namespace NeuralMask.Api.Endpoints;

/// <summary>Sends a cut-out's file.</summary>
internal sealed class CutoutResult(Cutout cutout) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = cutout.ContentType;
        response.ContentLength = cutout.Bytes.Length;
        await response.Body.WriteAsync(cutout.Bytes, httpContext.RequestAborted);
    }
}
