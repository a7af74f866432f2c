using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using NeuralMask.Imaging;

namespace NeuralMask.Api.Faults;

/// <summary>
/// Gives every failed request the error form of its path, whoever noticed the failure: an endpoint, the decoder, the
/// router or the web server. remove.bg's clients read <c>errors[0].title</c> of anything that is not 200.
/// </summary>
public sealed partial class FaultAnswers(RequestDelegate next, ILogger<FaultAnswers> logger)
{
    /// <summary>Runs the request and answers in its place where it failed.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        Fault? fault = null;
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false } response && response.ContentLength is null && response.ContentType is null)
            {
                fault = KnownFaults.OfStatus(response.StatusCode, $"{context.Request.Method} {context.Request.Path} is not served here.");
            }
        }
        catch (FaultException failure)
        {
            fault = failure.Fault;
        }
        catch (PictureException failure)
        {
            fault = KnownFaults.Of(failure);
        }
        catch (BadHttpRequestException failure)
        {
            fault = KnownFaults.OfStatus(failure.StatusCode, failure.Message);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // A broken connection shows as whatever was awaited at that moment.
            fault = KnownFaults.HungUp;
        }
        catch (Exception failure)
        {
            LogUnexpected(logger, failure, context.TraceIdentifier);
            fault = KnownFaults.Internal(context.TraceIdentifier);
        }

        if (fault is not null)
        {
            await Answer(context, fault);
        }
    }

    private static async Task Answer(HttpContext context, Fault fault)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer cannot be taken back; a cut connection tells the caller that it is not whole.
            context.Abort();
            return;
        }

        var like = IsRemoveBg(context.Request.Path);
        var allow = context.Response.Headers.Allow;
        context.Response.Clear();
        context.Response.Headers.Allow = allow;
        context.Response.StatusCode = like ? fault.RemoveBgStatus : fault.Status;
        context.Response.Headers["X-Request-Id"] = context.TraceIdentifier;
        if (fault.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        // Without a token of their own these writes end quietly where the caller has gone, so that the request is counted.
        if (like)
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            await context.Response.WriteAsJsonAsync(new { errors = new[] { new { title = fault.Title, code = fault.Code, detail = fault.Detail } } });
            return;
        }

        var problem = new ProblemDetails { Status = fault.Status, Title = fault.Title, Detail = fault.Detail };
        problem.Extensions["code"] = fault.Code;
        problem.Extensions["requestId"] = context.TraceIdentifier;
        await context.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json");
    }

    private static bool IsRemoveBg(PathString path) => path.StartsWithSegments("/v1.0");

    [LoggerMessage(200, LogLevel.Error, "Request {RequestId} failed")]
    private static partial void LogUnexpected(ILogger logger, Exception failure, string requestId);
}
