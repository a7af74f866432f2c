using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Grains.Matting;

/// <summary>One picture that waits for a session or is in one.</summary>
internal sealed class MattingJob(MattingRequest request, long arrived, CancellationToken cancellationToken)
{
    // The caller's continuation must not run on a session's thread.
    private readonly TaskCompletionSource<MattingAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MattingRequest Request { get; } = request;

    /// <summary>Timestamp of the clock at which it was queued.</summary>
    public long Arrived { get; } = arrived;

    public CancellationToken Cancellation { get; } = cancellationToken;

    public Task<MattingAnswer> Answer => _answer.Task;

    public void Finish(MattingAnswer answer) => _answer.TrySetResult(answer);

    public void Abandon() => _answer.TrySetCanceled(Cancellation);
}
