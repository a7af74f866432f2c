using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Api.Routing;

/// <summary>
/// Brings a picture to a session and its mask back: the better of two silos, one retry on another under the same
/// operation id where the first refuses or dies, and patience while the only silo restarts.
/// </summary>
public sealed partial class MattingRouter(
    SiloDirectory silos,
    IGrainFactory grains,
    ILocalSiloDetails self,
    TimeProvider clock,
    ILogger<MattingRouter> logger)
{
    // An attempt that takes so many times what was predicted is stuck; the factor is wide since a prediction may be new.
    private const double PatienceFactor = 5;
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(10);
    private readonly string _self = self.SiloAddress.ToParsableString();

    /// <summary>Runs the network over a picture somewhere.</summary>
    /// <param name="request">The picture; <see cref="MattingRequest.Front"/> and the prediction are filled in here.</param>
    /// <param name="cancellationToken">The caller hung up, or the deadline has passed.</param>
    public async Task<MattingAnswer> Matte(MattingRequest request, CancellationToken cancellationToken)
    {
        string? failed = null;
        MattingAnswer? refusal = null;
        for (var attempt = 0; attempt < 2;)
        {
            var choice = silos.Choose(request.Model, request.PredictedSeconds > 0 ? request.PredictedSeconds : null, failed, out var target);
            switch (choice)
            {
                case Choice.Found:
                    attempt++;
                    var answer = await Attempt(request with { Front = _self, PredictedSeconds = target.Seconds }, target, cancellationToken);
                    if (answer is { Outcome: MattingOutcome.Done or MattingOutcome.Failed or MattingOutcome.Expired })
                    {
                        return answer;
                    }

                    (failed, refusal) = (target.Silo, answer ?? refusal);
                    break;

                case Choice.Restarting:
                    // Bounded by the deadline and by how long the directory remembers a silo; what waits is bounded by
                    // the front's memory budget. The silo that failed may be the one that comes back.
                    failed = null;
                    await silos.Changed.WaitAsync(TimeSpan.FromMilliseconds(250), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    cancellationToken.ThrowIfCancellationRequested();
                    break;

                default:
                    return refusal ?? Unavailable(choice);
            }
        }

        return refusal ?? new MattingAnswer
        {
            Outcome = MattingOutcome.NotReady,
            RetryAfter = TimeSpan.FromSeconds(2),
            Reason = "The picture was lost on two silos, one after the other.",
        };
    }

    // Null where the silo was lost on the way.
    private async Task<MattingAnswer?> Attempt(MattingRequest request, Target target, CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromSeconds(PatienceFactor * (target.Wait + target.Seconds));
        using var timeout = new CancellationTokenSource(patience > LeastPatience ? patience : LeastPatience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, target.Lost, timeout.Token);
        try
        {
            // The wait ends with the token: a silo that is gone acknowledges no cancellation.
            var answer = await grains.GetGrain<IMattingQueueGrain>(target.Silo).Enqueue(request, limit.Token).WaitAsync(limit.Token);
            if (answer.Report is { } report)
            {
                silos.Hear(report);
            }

            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (failure is OperationCanceledException or OrleansException or TimeoutException or ArgumentException)
        {
            // An ArgumentException says that the silo's grain types are not known here yet: it beats before they are.
            if (failure is not OperationCanceledException)
            {
                silos.Suspect(target.Silo);
            }

            LogLost(logger, failure, request.Operation, target.Silo);
            return null;
        }
    }

    private static MattingAnswer Unavailable(Choice choice) => choice == Choice.AllFull
        ? new MattingAnswer { Outcome = MattingOutcome.Full, RetryAfter = TimeSpan.FromSeconds(2), Reason = "Every silo has as much work as it may hold." }
        : new MattingAnswer { Outcome = MattingOutcome.NotReady, RetryAfter = TimeSpan.FromSeconds(5), Reason = "No silo has the model warm." };

    [LoggerMessage(210, LogLevel.Warning, "Operation {Operation} was lost on silo {Silo}")]
    private static partial void LogLost(ILogger logger, Exception failure, string operation, string silo);
}
