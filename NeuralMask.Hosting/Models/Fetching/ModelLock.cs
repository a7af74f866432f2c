using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Models.Fetching;

/// <summary>Keeps a second process from fetching the same model at the same time; the system frees it when a process dies.</summary>
internal sealed class ModelLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly FileStream _stream;

    private ModelLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock of a model's folder, waiting for whoever holds it.</summary>
    /// <param name="folder">The model's folder; it exists.</param>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="time">The clock of the wait.</param>
    /// <param name="waiting">Called once where the lock is not free at once.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="ModelException">The wait was too long, or the folder cannot be written.</exception>
    public static async Task<ModelLock> TakeAsync(
        string folder, TimeSpan timeout, TimeProvider time, Action waiting, CancellationToken cancellationToken)
    {
        // The file is never removed: whoever removed it could remove another's lock.
        var path = Path.Combine(folder, ".lock");
        var start = time.GetTimestamp();
        for (var first = true; ; first = false)
        {
            try
            {
                return new ModelLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException error) when (IsTaken(error))
            {
                if (time.GetElapsedTime(start) >= timeout)
                {
                    throw new ModelException($"{path} is held by another process that fetches the same model, for more than {timeout.TotalMinutes:0.#} minutes now; wait for it or end it, and run the same again.", error);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw StoreWriting.Explain(path, error);
            }

            if (first)
            {
                waiting();
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    public void Dispose() => _stream.Dispose();

    // EAGAIN on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    private static bool IsTaken(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
