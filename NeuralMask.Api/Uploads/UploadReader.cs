using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using NeuralMask.Api.Faults;

namespace NeuralMask.Api.Uploads;

/// <summary>
/// Reads multipart, urlencoded and JSON bodies straight into memory. The framework's own form reader would write files
/// over 64 KB to disk and read them back, and takes at most 4 MB in a form value, where clients send pictures in base 64.
/// </summary>
public sealed class UploadReader(IOptions<FrontOptions> options)
{
    /// <summary>Bytes that a body may hold beside its picture: boundaries, part headers and other fields.</summary>
    public const int FormOverhead = 1024 * 1024;

    private const int MostFields = 200;
    private const int MostFiles = 4;
    private const int MostBoundaryLength = 200;
    private readonly long _limit = options.Value.PictureLimits.MaxBytes;

    private readonly long _fieldLimit = Base64Length(options.Value.PictureLimits.MaxBytes);

    /// <summary>Bytes of the largest body that any of the packings may have.</summary>
    public static long MostBodyBytes(FrontOptions options) => Base64Length(options.PictureLimits.MaxBytes) + FormOverhead;

    /// <summary>True for <c>multipart/form-data</c>.</summary>
    public static bool IsMultipart(HttpRequest request) => HasType(request, "multipart/form-data");

    /// <summary>Bytes that a body which is the picture itself is announced to have; null where its caller does not say.</summary>
    /// <exception cref="FaultException">They are more than are accepted.</exception>
    public long? AnnouncedRaw(HttpRequest request) =>
        request.ContentLength > _limit ? throw BodyBytes.TooLarge("picture", _limit) : request.ContentLength;

    /// <summary>Bytes that a form is announced to have; null where its caller does not say.</summary>
    /// <exception cref="FaultException">They are more than are accepted.</exception>
    public long? AnnouncedForm(HttpRequest request) =>
        request.ContentLength > (IsMultipart(request) ? _limit : _fieldLimit) + FormOverhead
            ? throw BodyBytes.TooLarge("upload", _limit)
            : request.ContentLength;

    /// <summary>Reads a body that is the picture itself, whatever its content type says.</summary>
    public Task<ReadOnlyMemory<byte>> ReadRaw(HttpRequest request, CancellationToken cancellationToken) =>
        BodyBytes.Read(request.Body, AnnouncedRaw(request), _limit, "picture", cancellationToken);

    /// <summary>Reads a form in any of the three packings.</summary>
    /// <exception cref="FaultException">The body is too large, or is not of the packing that its content type names.</exception>
    public async Task<Upload> ReadForm(HttpRequest request, CancellationToken cancellationToken)
    {
        AnnouncedForm(request);
        try
        {
            return IsMultipart(request) ? await ReadMultipart(request, cancellationToken)
                : HasType(request, "application/json") ? await ReadJson(request, cancellationToken)
                : HasType(request, "application/x-www-form-urlencoded") ? await ReadUrlEncoded(request, cancellationToken)
                : throw new FaultException(KnownFaults.MissingSource(
                    $"The content type is \"{request.ContentType}\"; send multipart/form-data, application/x-www-form-urlencoded or application/json."));
        }
        catch (Exception failure) when (failure is InvalidDataException or JsonException
            || (failure is IOException and not BadHttpRequestException && !cancellationToken.IsCancellationRequested))
        {
            throw new FaultException(KnownFaults.MalformedBody($"The body is not what its content type \"{request.ContentType}\" says: {failure.Message}"));
        }
    }

    // Four characters for three bytes; some clients break lines or write '+' as three characters, hence the overhead.
    private static long Base64Length(long bytes) => (bytes * 4 / 3) + FormOverhead;

    private static bool HasType(HttpRequest request, string type) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var given) && given.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    private async Task<Upload> ReadMultipart(HttpRequest request, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > MostBoundaryLength)
        {
            throw new FaultException(KnownFaults.MalformedBody($"The multipart content type needs a boundary of 1 to {MostBoundaryLength} characters."));
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new List<UploadedFile>();
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 };
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            RequireFew(fields.Count + files.Count);
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                continue;
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (disposition.FileName.HasValue || disposition.FileNameStar.HasValue)
            {
                var bytes = await BodyBytes.Read(section.Body, request.ContentLength, _limit, "picture", cancellationToken);
                if (bytes.Length == 0)
                {
                    continue;
                }

                if (files.Count == MostFiles)
                {
                    throw new FaultException(KnownFaults.MalformedBody($"The form has more than {MostFiles} files, the most that are accepted."));
                }

                files.Add(new UploadedFile(name, bytes));
            }
            else
            {
                var value = await BodyBytes.Read(section.Body, null, _fieldLimit, "form field", cancellationToken);
                Add(fields, name, Encoding.UTF8.GetString(value.Span));
            }
        }

        return new Upload(fields, files);
    }

    private async Task<Upload> ReadUrlEncoded(HttpRequest request, CancellationToken cancellationToken)
    {
        var feature = new FormFeature(request, new FormOptions
        {
            ValueLengthLimit = (int)Math.Min(_fieldLimit, int.MaxValue),
            ValueCountLimit = MostFields,
            KeyLengthLimit = 1024,
        });
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in await feature.ReadFormAsync(cancellationToken))
        {
            Add(fields, name, values[^1] ?? "");
        }

        return new Upload(fields, []);
    }

    private static async Task<Upload> ReadJson(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = 8 }, cancellationToken);
        if (body.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("an object with the parameters as its members is expected.");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in body.RootElement.EnumerateObject())
        {
            RequireFew(fields.Count);
            Add(fields, member.Name, member.Value.ValueKind switch
            {
                JsonValueKind.Null => "",
                JsonValueKind.String => member.Value.GetString()!,
                _ => member.Value.GetRawText(),
            });
        }

        return new Upload(fields, []);
    }

    private static void RequireFew(int count)
    {
        if (count >= MostFields)
        {
            throw new FaultException(KnownFaults.MalformedBody($"The form has more than {MostFields} fields, the most that are accepted."));
        }
    }

    // Official clients send every field they know, empty where the user said nothing.
    private static void Add(Dictionary<string, string> fields, string name, string value)
    {
        if (value.Length > 0)
        {
            fields[name] = value;
        }
    }
}
