using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Imaging;

namespace NeuralMask.Api.Faults;

/// <summary>Every fault that a request can meet, once.</summary>
public static class KnownFaults
{
    private const string Unreadable = "Failed to read the picture";

    /// <summary>The caller hung up; nobody reads the answer, and logs show the status.</summary>
    public static Fault HungUp { get; } = new("client_closed_request", 499, "Client closed request", "The caller hung up before the answer was ready.");

    /// <summary>The caller may not call.</summary>
    public static Fault AuthFailed(string detail) => new("auth_failed", 401, "API Key invalid", detail);

    /// <summary>No picture was sent.</summary>
    public static Fault MissingSource(string detail) => new("missing_source", 400, "No image given", detail);

    /// <summary>More than one picture was sent.</summary>
    public static Fault MultipleSources(string detail) => new("multiple_sources", 400, "Multiple image sources given", detail);

    /// <summary>A parameter's value is not one of those that it takes.</summary>
    public static Fault Invalid(string parameter, string value, string expected) =>
        new($"invalid_{parameter}", 400, $"Invalid value for parameter '{parameter}'", $"'{parameter}' is \"{value}\"; write {expected}.");

    /// <summary>The body or the picture in it is too large.</summary>
    public static Fault FileTooLarge(string detail) => new("file_too_large", 413, "File too large", detail);

    /// <summary>The body is not what its headers say.</summary>
    public static Fault MalformedBody(string detail) => new("failed_to_read_image", 400, "Failed to read the request body", detail);

    /// <summary>A picture has to be fetched, and this server does not fetch.</summary>
    public static Fault NoDownload(string parameter) =>
        new("failed_image_download", 400, "Failed to download image", $"This server does not fetch pictures, so '{parameter}' is not taken; send the file itself as image_file or image_file_b64.");

    /// <summary>The network found nothing to keep.</summary>
    public static Fault UnknownForeground { get; } = new("unknown_foreground", 422, "Could not identify foreground in image", "The picture seems to hold background only; send one with a clear subject.");

    /// <summary>Too many megapixels in this minute.</summary>
    public static Fault RateLimitExceeded(TimeSpan retryAfter, int limit) =>
        new("rate_limit_exceeded", 429, "Rate limit exceeded", $"More than {limit} megapixels were sent in this minute; go on when it is over.") { RetryAfter = retryAfter };

    /// <summary>There is more to do than can be done.</summary>
    public static Fault Overloaded(string detail, TimeSpan retryAfter) => new("overloaded", 503, "Service overloaded", detail) { RetryAfter = retryAfter };

    /// <summary>The deadline has passed.</summary>
    public static Fault DeadlineExceeded(TimeSpan deadline) =>
        new("deadline_exceeded", 504, "Deadline exceeded", $"The picture was not done within {deadline.TotalSeconds:0.#} s; send it again when the service is less busy.");

    /// <summary>Something is broken here; the log says what, under the request's id.</summary>
    public static Fault Internal(string requestId) =>
        new("internal_error", 500, "Internal error", $"The picture could not be processed; the log has the cause under request {requestId}.");

    /// <summary>A status that the web server made itself.</summary>
    public static Fault OfStatus(int status, string detail) => status switch
    {
        404 => new("not_found", 404, "Not found", detail),
        405 => new("method_not_allowed", 405, "Method not allowed", detail),
        408 => new("request_timeout", 408, "Request timeout", "The upload was too slow or stopped; send it again."),
        411 or 400 => MalformedBody(detail),
        413 => FileTooLarge(detail),
        _ => new("error", status, "Error", detail),
    };

    /// <summary>What the decoder says of a picture.</summary>
    public static Fault Of(PictureException failure) => failure.Fault switch
    {
        PictureFault.Empty => MissingSource(failure.Message),
        PictureFault.TooManyBytes => FileTooLarge(failure.Message),
        PictureFault.TooMuchMetadata => FileTooLarge(failure.Message),
        PictureFault.TooManyFrames => new("invalid_file_type", 415, "File type not supported", failure.Message),
        PictureFault.TooManyPixels or PictureFault.OutOfProportion => new("resolution_too_high", 422, "Resolution too high", failure.Message),
        PictureFault.UnsupportedType => new("invalid_file_type", 415, "File type not supported", failure.Message),
        _ => new("failed_to_read_image", 400, Unreadable, failure.Message),
    };

    /// <summary>What the queue or the session says in place of a mask.</summary>
    public static Fault Of(MattingAnswer answer, TimeSpan deadline, string requestId) => answer.Outcome switch
    {
        MattingOutcome.Full or MattingOutcome.NotReady => Overloaded(answer.Reason, answer.RetryAfter),
        MattingOutcome.Expired => DeadlineExceeded(deadline),
        _ => Internal(requestId),
    };
}
