namespace NeuralMask.Grains.Interfaces.Matting;

/// <summary>
/// The one queue of a GPU silo. The key is the silo's address as a parsable string, so that a call reaches exactly that
/// silo, and a silo that has died is never confused with its successor.
/// </summary>
[Alias("neuralmask.matting-queue"), GrainInterfaceType("neuralmask.matting-queue")]
public interface IMattingQueueGrain : IGrainWithStringKey
{
    /// <summary>
    /// Queues a picture and gives its mask, or says at once why not: a full queue, a passed deadline and a failed run
    /// are outcomes, not exceptions.
    /// </summary>
    /// <param name="request">The picture on the network's canvas.</param>
    /// <param name="cancellationToken">Takes the picture out of the queue, or stops the running session.</param>
    [Alias("enqueue"), ResponseTimeout("00:15:00")]
    Task<MattingAnswer> Enqueue(MattingRequest request, CancellationToken cancellationToken);
}
