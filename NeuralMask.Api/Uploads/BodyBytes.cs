using NeuralMask.Api.Faults;

namespace NeuralMask.Api.Uploads;

/// <summary>Reads a stream into memory once, up to a limit that is known beforehand.</summary>
internal static class BodyBytes
{
    private const int FirstGuess = 256 * 1024;

    /// <summary>Reads to the end of a stream.</summary>
    /// <param name="body">The stream.</param>
    /// <param name="expected">Length where it is known, so that nothing has to be moved while it grows; else null.</param>
    /// <param name="limit">Most bytes that are taken.</param>
    /// <param name="what">What is read, for the error's text.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    /// <exception cref="FaultException">There is more than <paramref name="limit"/>.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(Stream body, long? expected, long limit, string what, CancellationToken cancellationToken)
    {
        // One byte more than expected, so that the end is seen without growing.
        var buffer = new byte[Math.Min(expected ?? FirstGuess, limit) + 1];
        var length = 0;
        int read;
        while ((read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            if (length > limit)
            {
                throw TooLarge(what, limit);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, limit + 1));
            }
        }

        // A small part must not keep the memory that a large one was expected to need.
        return length < buffer.Length / 2 ? buffer.AsSpan(0, length).ToArray() : buffer.AsMemory(0, length);
    }

    public static FaultException TooLarge(string what, long limit) => new(KnownFaults.FileTooLarge(
        $"The {what} is larger than {limit / (1024 * 1024)} MB, the most that is accepted; send a smaller file."));
}
