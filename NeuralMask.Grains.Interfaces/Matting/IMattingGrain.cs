namespace NeuralMask.Grains.Interfaces.Matting;

/// <summary>One session of a GPU silo, one picture at a time. The key is <c>&lt;silo&gt;/&lt;session&gt;</c>; only that silo's queue calls it.</summary>
[Alias("neuralmask.matting"), GrainInterfaceType("neuralmask.matting")]
public interface IMattingGrain : IGrainWithStringKey
{
    /// <summary>Runs the network over one picture.</summary>
    /// <param name="request">The picture on the network's canvas.</param>
    /// <param name="cancellationToken">Stops the session.</param>
    [Alias("matte"), ResponseTimeout("00:15:00")]
    Task<MattingAnswer> Matte(MattingRequest request, CancellationToken cancellationToken);
}
