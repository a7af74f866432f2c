using System.Net;
using System.Net.Http.Headers;

namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>
/// Asks for a file or its rest and follows redirects one by one, so that none of them leaves https unseen. Plain
/// http is followed only within this machine, from a loopback address to a loopback address.
/// </summary>
internal sealed class HttpsRequests : IDisposable
{
    private readonly HttpClient _client;
    private readonly int _maxRedirects;

    public HttpsRequests(int maxRedirects)
    {
        _maxRedirects = maxRedirects;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
        })
        {
            // Whoever calls bounds the silence instead; a gigabyte may take its time.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("neuralmask", null));
        _client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>Sends a request for everything behind the first <paramref name="have"/> bytes.</summary>
    /// <param name="address">What to ask for.</param>
    /// <param name="have">Bytes that are here already; 0 asks for the whole.</param>
    /// <param name="note">What those bytes came from.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="SourceFailedException">The address or a redirect is not https, or there are too many redirects.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(Uri address, long have, PartNote? note, CancellationToken cancellationToken)
    {
        var target = address;
        for (var redirects = 0; ; redirects++)
        {
            if (!IsAllowed(target, address))
            {
                throw new SourceFailedException(redirects == 0
                    ? $"{target} is not an https address"
                    : $"redirects to {target}, which is not an https address");
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            if (have > 0)
            {
                request.Headers.Range = new RangeHeaderValue(have, null);
                request.Headers.IfRange = ConditionOf(note);
            }

            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            if (redirects == _maxRedirects)
            {
                throw new SourceFailedException($"redirects more than {_maxRedirects} times");
            }

            target = new Uri(target, location);
        }
    }

    public void Dispose() => _client.Dispose();

    private static bool IsAllowed(Uri target, Uri first) =>
        target.Scheme == Uri.UriSchemeHttps
        || (target.Scheme == Uri.UriSchemeHttp && target.IsLoopback && first.IsLoopback);

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently
        or HttpStatusCode.Found
        or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect
        or HttpStatusCode.PermanentRedirect;

    private static RangeConditionHeaderValue? ConditionOf(PartNote? note) => note switch
    {
        { ETag: { } tag } => new RangeConditionHeaderValue(new EntityTagHeaderValue(tag)),
        { LastModified: { } date } => new RangeConditionHeaderValue(date),
        _ => null,
    };
}
