using Microsoft.Extensions.Options;
using NeuralMask.Api.Faults;
using NeuralMask.Api.Routing;
using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Hosting.Models;
using NeuralMask.Imaging;

namespace NeuralMask.Api.Pipeline;

/// <summary>The way of a picture, the same for every flavour of the API: probe, decode, network, finish, encode.</summary>
public sealed class CutoutPipeline(
    ModelLocation models,
    MattingRouter router,
    FrontCpu cpu,
    MemoryBudget memory,
    IOptions<FrontOptions> options,
    TimeProvider clock)
{
    // Beside what decoding takes at its peak: the full-size alpha and the finish's tiles, or a smaller copy of the picture.
    private const int FinishBytesPerPixel = 1 + Picture.BytesPerPixel;
    private const long FinishBytes = 25_000_000;

    /// <summary>Reads a picture's header and refuses what no limit allows, before anything is decoded.</summary>
    /// <exception cref="PictureException">It is not a picture, or not one that is accepted.</exception>
    public PictureHeader Probe(ReadOnlyMemory<byte> picture) => PictureHeader.Read(picture, options.Value.PictureLimits);

    /// <summary>Makes the cut-out.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="header">What <see cref="Probe"/> found.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    /// <exception cref="FaultException">There is none, with the reason.</exception>
    /// <exception cref="PictureException">The picture is damaged.</exception>
    public async Task<Cutout> Run(CutoutRequest request, PictureHeader header, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(request.Deadline, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var share = memory.Take(Math.Max(header.DecodingBytes, header.Pixels * Picture.BytesPerPixel) + (header.Pixels * FinishBytesPerPixel) + FinishBytes);
        try
        {
            return await Run(request, header, clock.GetUtcNow() + request.Deadline, limit.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FaultException(KnownFaults.DeadlineExceeded(request.Deadline));
        }
    }

    private async Task<Cutout> Run(CutoutRequest request, PictureHeader header, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var manifest = models.Catalog.Get(models.Id);
        var canvas = ModelCanvas.Of(manifest.Input);
        var (picture, input) = await cpu.Run(request.Caller, FrontCost.Prepare(header), () => Prepare(request, header, canvas, cancellationToken), cancellationToken);
        using var owned = picture;
        var matting = new MattingRequest
        {
            Operation = request.RequestId,
            Model = manifest.Id,
            Tenant = request.Caller.Tenant,
            Weight = request.Caller.Weight,
            Rgb = input.Rgb,
            Width = input.Width,
            Height = input.Height,
            Deadline = deadline,
        };
        var answer = await router.Matte(matting, cancellationToken);
        if (answer.Outcome != MattingOutcome.Done)
        {
            throw new FaultException(KnownFaults.Of(answer, request.Deadline, request.RequestId));
        }

        var mask = new Mask(answer.Alpha, answer.Width, answer.Height);
        return await cpu.Run(request.Caller, FrontCost.Finish(header), () => CutoutFinish.Finish(request, picture, mask, input.Placement, cancellationToken), cancellationToken);
    }

    private static (Picture Picture, CanvasPixels Input) Prepare(CutoutRequest request, PictureHeader header, Canvas canvas, CancellationToken cancellationToken)
    {
        var picture = PictureDecoder.Decode(request.Picture, header, cancellationToken);
        try
        {
            return (picture, CanvasPainter.Paint(picture, canvas, cancellationToken));
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }
}
