using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using NeuralMask.Api.Access;
using NeuralMask.Api.Faults;
using NeuralMask.Api.Pipeline;
using NeuralMask.Api.Uploads;

namespace NeuralMask.Api.Endpoints;

/// <summary>The paths that remove.bg's clients call: <c>POST /v1.0/removebg</c> and <c>GET /v1.0/account</c>.</summary>
public static partial class RemoveBgEndpoint
{
    // Clients look at the balance before they send anything. Without accounts there is nothing to run out of, and this
    // is what they are told.
    private const int UnlimitedCredits = 1_000_000;

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapRemoveBg(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1.0").AddEndpointFilter<AnonymousAccess>();
        group.MapPost("/removebg", RemoveBackground).Counted(endpoints.ServiceProvider, "removebg");
        group.MapGet("/account", Account);
        return endpoints;
    }

    private static async Task RemoveBackground(
        HttpContext context,
        UploadReader uploads,
        CutoutPipeline pipeline,
        MemoryBudget memory,
        RateWindow rate,
        IOptions<FrontOptions> options)
    {
        // A body that does not say how long it is may become as long as any.
        using var body = memory.Take(uploads.AnnouncedForm(context.Request) ?? options.Value.PictureLimits.MaxBytes);
        var parameters = RemoveBgParameters.Read(await uploads.ReadForm(context.Request, context.RequestAborted));
        var header = pipeline.Probe(parameters.Picture);
        var window = rate.Take(header.Pixels);
        using var cutout = await pipeline.Run(
            new CutoutRequest
            {
                Picture = parameters.Picture,
                Caller = Caller.Of(context.Request),
                Deadline = TimeSpan.FromSeconds(options.Value.RemoveBgDeadlineSeconds),
                RequestId = context.TraceIdentifier,
                Format = parameters.Format,
                MaxPixels = parameters.MaxPixels,
                Background = parameters.Background,
                AlphaOnly = parameters.AlphaOnly,
            },
            header,
            context.RequestAborted);
        CutoutAnswer.WriteHeaders(context, cutout, header);
        WriteHeaders(context, parameters, cutout, window);
        await (WantsJson(context.Request)
            ? context.Response.WriteAsJsonAsync(InJson(cutout), context.RequestAborted)
            : CutoutAnswer.Send(context, cutout));
    }

    // Exactly these members: one more, and the official Ruby client raises.
    private static IResult Account() => Results.Json(new
    {
        data = new
        {
            attributes = new
            {
                credits = new { subscription = 0, payg = 0, enterprise = UnlimitedCredits, total = UnlimitedCredits },
                api = new { free_calls = 0, sizes = "all" },
            },
        },
    });

    private static void WriteHeaders(HttpContext context, RemoveBgParameters parameters, Cutout cutout, RateState window)
    {
        var headers = context.Response.Headers;
        headers["X-Width"] = Number(cutout.Width);
        headers["X-Height"] = Number(cutout.Height);
        headers["X-Max-Width"] = Number(cutout.FullWidth);
        headers["X-Max-Height"] = Number(cutout.FullHeight);
        headers["X-Foreground-Top"] = Number(cutout.Foreground.Top);
        headers["X-Foreground-Left"] = Number(cutout.Foreground.Left);
        headers["X-Foreground-Width"] = Number(cutout.Foreground.Width);
        headers["X-Foreground-Height"] = Number(cutout.Foreground.Height);
        if (parameters.Type is { } type)
        {
            headers["X-Type"] = type;
        }

        // Callers without a key have no account that anything could be charged to.
        headers["X-Credits-Charged"] = "0";
        headers["X-RateLimit-Limit"] = Number(window.Limit);
        headers["X-RateLimit-Remaining"] = Number(window.Remaining);
        headers["X-RateLimit-Reset"] = Number(window.Reset.ToUnixTimeSeconds());
        headers.AccessControlAllowOrigin = "*";
        var ignored = parameters.Ignored.Where(name => FieldName().IsMatch(name)).Take(20).ToList();
        if (ignored.Count > 0)
        {
            headers["X-Ignored-Parameters"] = string.Join(", ", ignored);
        }
    }

    private static bool WantsJson(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));

    private static object InJson(Cutout cutout) => new
    {
        data = new
        {
            result_b64 = Convert.ToBase64String(cutout.Bytes.Span),
            foreground_top = cutout.Foreground.Top,
            foreground_left = cutout.Foreground.Left,
            foreground_width = cutout.Foreground.Width,
            foreground_height = cutout.Foreground.Height,
        },
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    // A name goes into a header only if it is one: it comes from the request.
    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$")]
    private static partial Regex FieldName();
}
