namespace NeuralMask.Api.Pipeline;

/// <summary>
/// Decoding, finishing and encoding, at most one at a time for each processor: more at once would only make each of
/// them slower and the memory peak higher. Who waits here holds a share of the <see cref="MemoryBudget"/> and has a
/// deadline, which bounds the queue.
/// </summary>
public sealed class FrontCpu : IDisposable
{
    private readonly SemaphoreSlim _free = new(Environment.ProcessorCount);

    /// <summary>Runs <paramref name="work"/> on a pool thread when a processor is free.</summary>
    public async Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();
}
