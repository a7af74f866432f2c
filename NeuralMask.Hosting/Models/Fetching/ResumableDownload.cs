using System.Buffers;
using System.Net;

namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>Brings one address into a <see cref="PartFile"/>, going on where an earlier try was cut off.</summary>
internal sealed class ResumableDownload(HttpsRequests requests, FetchOptions options, TimeProvider time)
{
    private const int BufferBytes = 128 * 1024;

    // A try that brought this much was worth it, however it ended.
    private const long WorthwhileBytes = 1 << 20;

    /// <summary>Fetches until the part is whole or the source is given up.</summary>
    /// <param name="address">What to fetch.</param>
    /// <param name="part">Where to.</param>
    /// <param name="expectedBytes">The size where it is known.</param>
    /// <param name="hashWillBeChecked">Whether bytes may be resumed that no entity tag vouches for.</param>
    /// <param name="report">Told the bytes so far and the total where it is known.</param>
    /// <param name="cancellationToken">Stops the fetch; the part stays and can be resumed.</param>
    /// <returns>True where bytes of an earlier fetch are part of the result.</returns>
    /// <exception cref="SourceFailedException">The source does not give the file.</exception>
    public async Task<bool> FetchAsync(
        Uri address,
        PartFile part,
        long? expectedBytes,
        bool hashWillBeChecked,
        Action<long, long?> report,
        CancellationToken cancellationToken)
    {
        var resumed = DropUnlessResumable(part, address, expectedBytes, hashWillBeChecked);
        for (var failures = 0; ;)
        {
            var before = part.Length;
            try
            {
                resumed &= await TryAsync(address, part, expectedBytes, report, cancellationToken);
                return resumed;
            }
            catch (SourceFailedException error) when (error.MayPass)
            {
                failures = part.Length - before >= WorthwhileBytes ? 1 : failures + 1;
                if (failures >= options.Attempts)
                {
                    throw;
                }
            }

            await Task.Delay(options.RetryDelay * Math.Pow(2, failures - 1), time, cancellationToken);
            resumed &= DropUnlessResumable(part, address, expectedBytes, hashWillBeChecked);
        }
    }

    private static bool DropUnlessResumable(PartFile part, Uri address, long? expectedBytes, bool hashWillBeChecked)
    {
        var note = part.ReadNote();
        if (part.Length > 0
            && part.Length <= (expectedBytes ?? long.MaxValue)
            && note?.Address == address.AbsoluteUri
            && (hashWillBeChecked || note.ETag is not null || note.LastModified is not null))
        {
            return true;
        }

        part.Delete();
        return false;
    }

    /// <returns>Whether the bytes that were there before were kept.</returns>
    private async Task<bool> TryAsync(
        Uri address, PartFile part, long? expectedBytes, Action<long, long?> report, CancellationToken cancellationToken)
    {
        var have = part.Length;
        if (have > 0 && have == expectedBytes)
        {
            return true;
        }

        using var stall = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            stall.CancelAfter(options.StallTimeout);
            using var response = await requests.SendAsync(address, have, part.ReadNote(), either.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
            {
                if (response.Content.Headers.ContentRange?.Length == have)
                {
                    return true;
                }

                part.Delete();
                throw new SourceFailedException("has another size than before", mayPass: true);
            }

            var kept = Accept(response, have);
            var total = kept > 0 ? response.Content.Headers.ContentRange?.Length : response.Content.Headers.ContentLength;
            if (expectedBytes is { } expected && total is { } offered && offered != expected)
            {
                throw new SourceFailedException($"offers {offered} bytes where {expected} are expected");
            }

            if (kept == 0)
            {
                part.Delete();
                part.WriteNote(NoteOf(address, response));
            }

            await ReceiveAsync(response, part, kept, total ?? expectedBytes, report, stall, either.Token);
            return kept > 0;
        }
        catch (OperationCanceledException) when (stall.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SourceFailedException($"sent nothing for {options.StallTimeout.TotalSeconds:0} seconds", mayPass: true);
        }
        catch (HttpRequestException error)
        {
            throw new SourceFailedException($"cannot be reached ({error.Message})", mayPass: true, error);
        }
        catch (IOException error)
        {
            throw new SourceFailedException($"broke off ({error.Message})", mayPass: true, error);
        }
    }

    /// <returns>How many of the bytes that are here stay: all of them, or none where the server sends the whole.</returns>
    private static long Accept(HttpResponseMessage response, long have)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
        {
            throw new SourceFailedException(
                $"answers {status} {response.ReasonPhrase}",
                mayPass: status is 408 or 429 or >= 500);
        }

        if (response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
        {
            throw new SourceFailedException("answers with an HTML page instead of a file");
        }

        if (response.StatusCode == HttpStatusCode.OK)
        {
            return 0;
        }

        return response.Content.Headers.ContentRange?.From == have
            ? have
            : throw new SourceFailedException("answers with another range than was asked for");
    }

    private static PartNote NoteOf(Uri address, HttpResponseMessage response) => new(
        address.AbsoluteUri,
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null,
        response.Content.Headers.LastModified);

    private async Task ReceiveAsync(
        HttpResponseMessage response,
        PartFile part,
        long kept,
        long? total,
        Action<long, long?> report,
        CancellationTokenSource stall,
        CancellationToken cancellationToken)
    {
        await using var from = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var to = part.Open(kept);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            report(to.Position, total);
            while (true)
            {
                stall.CancelAfter(options.StallTimeout);
                var read = await from.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                {
                    break;
                }

                if (to.Position + read > total)
                {
                    throw new SourceFailedException($"sends more than the {total} bytes that are expected");
                }

                await part.WriteAsync(to, buffer.AsMemory(0, read), cancellationToken);
                report(to.Position, total);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (total is { } whole && to.Position < whole)
        {
            throw new SourceFailedException($"broke off after {to.Position} of {whole} bytes", mayPass: true);
        }

        part.Settle(to);
    }
}
