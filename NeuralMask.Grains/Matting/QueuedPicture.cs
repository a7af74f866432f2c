using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Grains.Matting;

/// <summary>One picture that waits for a session or is in one.</summary>
internal sealed class QueuedPicture(MattingRequest request, double seconds, long arrived, CancellationToken cancellationToken)
{
    // The caller's continuation must not run in the middle of the queue's own work.
    private readonly TaskCompletionSource<MattingAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MattingRequest Request { get; } = request;

    /// <summary>Predicted session seconds.</summary>
    public double Seconds { get; } = seconds;

    /// <summary>Timestamp of the clock at which it was queued.</summary>
    public long Arrived { get; } = arrived;

    /// <summary>Timestamp of the clock at which a session took it.</summary>
    public long Began { get; set; }

    public CancellationToken Cancellation { get; } = cancellationToken;

    /// <summary>Watches for a caller that hangs up while it waits.</summary>
    public CancellationTokenRegistration Leaving { get; set; }

    public Task<MattingAnswer> Answer => _answer.Task;

    public void Finish(MattingAnswer answer)
    {
        Leaving.Unregister();
        _answer.TrySetResult(answer);
    }

    public void Abandon() => _answer.TrySetCanceled(Cancellation);
}
