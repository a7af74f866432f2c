using Microsoft.Extensions.Options;
using NeuralMask.Api.Access;
using NeuralMask.Api.Faults;
using NeuralMask.Api.Pipeline;
using NeuralMask.Api.Uploads;

namespace NeuralMask.Api.Endpoints;

/// <summary><c>POST /process</c>: a picture as the body or in a form, the cut-out as a PNG of the same size back.</summary>
public static class ProcessEndpoint
{
    /// <summary>Maps the endpoint.</summary>
    public static IEndpointRouteBuilder MapProcess(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/process", Process)
            .AddEndpointFilter<AnonymousAccess>()
            .Counted(endpoints.ServiceProvider, "process");
        return endpoints;
    }

    private static async Task Process(
        HttpContext context,
        UploadReader uploads,
        CutoutPipeline pipeline,
        MemoryBudget memory,
        RateWindow rate,
        IOptions<FrontOptions> options)
    {
        var form = UploadReader.IsMultipart(context.Request);

        // A body that does not say how long it is may become as long as any.
        using var body = memory.Take((form ? uploads.AnnouncedForm(context.Request) : uploads.AnnouncedRaw(context.Request)) ?? options.Value.PictureLimits.MaxBytes);
        var picture = await ReadPicture(context.Request, uploads, context.RequestAborted);
        var header = pipeline.Probe(picture);
        rate.Take(header.Pixels);
        using var cutout = await pipeline.Run(
            new CutoutRequest
            {
                Picture = picture,
                Caller = Caller.Of(context.Request),
                Deadline = TimeSpan.FromSeconds(options.Value.DeadlineSeconds),
                RequestId = context.TraceIdentifier,
            },
            header,
            context.RequestAborted);
        CutoutAnswer.WriteHeaders(context, cutout, header);
        await CutoutAnswer.Send(context, cutout);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadPicture(HttpRequest request, UploadReader uploads, CancellationToken cancellationToken)
    {
        if (!UploadReader.IsMultipart(request))
        {
            // What curl and load generators call the body says nothing of what is in it.
            return await uploads.ReadRaw(request, cancellationToken);
        }

        var upload = await uploads.ReadForm(request, cancellationToken);
        return upload.Files.Count switch
        {
            1 => upload.Files[0].Bytes,
            0 => throw new FaultException(KnownFaults.MissingSource("The form holds no file; send the picture as a file field, or as the body itself.")),
            _ => throw new FaultException(KnownFaults.MultipleSources($"The form holds {upload.Files.Count} files; send one picture a request.")),
        };
    }
}
