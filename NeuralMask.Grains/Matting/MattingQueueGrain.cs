using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting.Placement;
using Orleans.Concurrency;

namespace NeuralMask.Grains.Matting;

/// <summary>
/// The door to this silo's sessions. Reentrant, since it only awaits: without that, the grain's mailbox would be a second
/// queue which no bound and no metric sees.
/// </summary>
[StatelessWorker(1, removeIdleWorkers: false), Reentrant, PinnedToSilo, GrainType("matting-queue")]
internal sealed class MattingQueueGrain : Grain, IMattingQueueGrain
{
    private readonly SiloQueue _queue;
    private readonly SiloSessions _sessions;
    private readonly string _silo;
    private readonly Stack<int> _free = new();
    private int _known;

    public MattingQueueGrain(SiloQueue queue, SiloSessions sessions, ILocalSiloDetails silo)
    {
        _queue = queue;
        _sessions = sessions;
        _silo = silo.SiloAddress.ToParsableString();
    }

    public async Task<MattingAnswer> Enqueue(MattingRequest request, CancellationToken cancellationToken)
    {
        var (picture, refusal) = _queue.Admit(request, cancellationToken);
        if (picture is null)
        {
            return refusal! with { Report = _queue.Report(request.Front, _silo) };
        }

        Pump();
        var answer = await picture.Answer;
        return answer with { Report = _queue.Report(request.Front, _silo) };
    }

    // Gives each free session the picture that is due, until one of the two runs out.
    private void Pump()
    {
        for (; _known < _sessions.Count; _known++)
        {
            _free.Push(_known);
        }

        while (_free.Count > 0 && _queue.Take() is { } picture)
        {
            RunIn(_free.Pop(), picture).Ignore();
        }
    }

    private async Task RunIn(int session, QueuedPicture picture)
    {
        MattingAnswer? answer = null;
        try
        {
            answer = await GrainFactory.GetGrain<IMattingGrain>(MattingGrain.Key(_silo, session)).Matte(picture.Request, picture.Cancellation);
        }
        catch (OperationCanceledException)
        {
            // The caller has hung up; there is nobody to tell.
        }
        catch (Exception failure)
        {
            answer = new MattingAnswer { Outcome = MattingOutcome.Failed, Reason = failure.Message };
        }

        _free.Push(session);
        _queue.Finish(picture, answer);
        Pump();
    }
}
