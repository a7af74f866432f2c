using Microsoft.Extensions.Options;
using NeuralMask.Api.Access;
using NeuralMask.Api.Faults;
using NeuralMask.Grains.Matting.Fairness;

namespace NeuralMask.Api.Pipeline;

/// <summary>
/// Decoding, finishing and encoding: at most one at a time for each processor, since more at once would only make each
/// slower and the memory peak higher, in the same fair order between tenants as at the silos, and bounded in seconds.
/// </summary>
public sealed class FrontCpu(IOptions<FrontOptions> options)
{
    private readonly int _width = Environment.ProcessorCount;
    private readonly Lock _gate = new();
    private readonly FairQueue<TaskCompletionSource> _waiting = new();
    private int _running;

    /// <summary>Runs <paramref name="work"/> on a pool thread when it is this caller's turn.</summary>
    /// <param name="caller">Whose share it takes.</param>
    /// <param name="seconds">CPU seconds that it is predicted to take.</param>
    /// <param name="work">What to run.</param>
    /// <param name="cancellationToken">Takes it out of the queue.</param>
    /// <exception cref="FaultException">More waits than may, or more of this caller's than is its part.</exception>
    public async Task<T> Run<T>(Caller caller, double seconds, Func<T> work, CancellationToken cancellationToken)
    {
        await Turn(caller, seconds, cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            Next();
        }
    }

    private async Task Turn(Caller caller, double seconds, CancellationToken cancellationToken)
    {
        FairQueue<TaskCompletionSource>.Place place;
        lock (_gate)
        {
            if (_running < _width && _waiting.Count == 0)
            {
                _running++;
                return;
            }

            if (!ShareOfBound.Allows(_waiting, caller.Tenant, caller.Weight, seconds, options.Value.MaxFrontQueueSeconds * _width))
            {
                throw new FaultException(KnownFaults.Overloaded("The front has as many pictures to decode and encode as it may hold, or this caller's share of them.", TimeSpan.FromSeconds(Math.Max(1, _waiting.Seconds / _width / 2))));
            }

            place = _waiting.Add(caller.Tenant, caller.Weight, seconds, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var leaving = cancellationToken.UnsafeRegister(_ => Leave(place, cancellationToken), null);
        await place.Item.Task;
    }

    // The turn is handed on without being given back in between, so that nobody who comes now overtakes who waits.
    private void Next()
    {
        TaskCompletionSource? turn;
        lock (_gate)
        {
            if (!_waiting.TryTake(out turn))
            {
                _running--;
                return;
            }
        }

        turn.TrySetResult();
    }

    private void Leave(FairQueue<TaskCompletionSource>.Place place, CancellationToken cancellationToken)
    {
        bool left;
        lock (_gate)
        {
            left = _waiting.Remove(place);
        }

        if (left)
        {
            place.Item.TrySetCanceled(cancellationToken);
        }
    }
}
