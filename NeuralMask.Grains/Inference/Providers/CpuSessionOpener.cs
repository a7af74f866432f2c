using Microsoft.Extensions.Options;
using NeuralMask.Grains.Inference.SelfTest;

namespace NeuralMask.Grains.Inference.Providers;

/// <summary>Sessions on the CPU.</summary>
public sealed class CpuSessionOpener(IOptions<InferenceOptions> options) : ISessionOpener
{
    /// <summary>Name of this provider.</summary>
    public const string Name = "cpu";

    /// <inheritdoc/>
    public string Provider => Name;

    /// <inheritdoc/>
    public bool NeedsWeights => true;

    /// <inheritdoc/>
    public (IMattingSession Session, TimeSpan RunTime) Open(LoadedModel model, CancellationToken cancellationToken)
    {
        var session = ModelSession.Open(model, options.Value.EffectiveThreads);
        try
        {
            return (session, SelfTestGate.Pass(session, cancellationToken));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
