namespace NeuralMask.Grains.Interfaces.Matting;

/// <summary>Runs a matting network over one prepared picture. The key is the id of a model.</summary>
[Alias("neuralmask.matting"), GrainInterfaceType("neuralmask.matting")]
public interface IMattingGrain : IGrainWithStringKey
{
    /// <summary>
    /// Runs the network, or says why not: a full queue, a passed deadline and a failed run are outcomes, not exceptions.
    /// </summary>
    /// <param name="request">The picture on the network's canvas.</param>
    /// <param name="cancellationToken">Takes the picture out of the queue, or stops the running session.</param>
    [Alias("matte")]
    Task<MattingAnswer> Matte(MattingRequest request, CancellationToken cancellationToken);
}
