namespace NeuralMask.Grains.Inference;

/// <summary>A network that is loaded on a device. Not for two threads at once.</summary>
public interface IMattingSession : IDisposable
{
    /// <summary>What it runs.</summary>
    LoadedModel Model { get; }

    /// <summary>Runs the network over one picture and blocks until it is done.</summary>
    /// <param name="rgb">8-bit RGB of <paramref name="width"/> × <paramref name="height"/> pixels, three bytes each.</param>
    /// <param name="width">Width of the canvas in pixels.</param>
    /// <param name="height">Height of the canvas in pixels.</param>
    /// <param name="cancellationToken">Stops the session at its next operator.</param>
    /// <returns>8-bit alpha and its size in pixels.</returns>
    /// <exception cref="ArgumentException">The canvas is not one that the manifest allows.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="Manifests.ModelException">The output is not a mask.</exception>
    (byte[] Alpha, int Width, int Height) Run(ReadOnlySpan<byte> rgb, int width, int height, CancellationToken cancellationToken);
}

/// <summary>Loads models on one kind of device.</summary>
public interface ISessionOpener
{
    /// <summary>Name of the execution provider, as settings, metrics and manifests write it.</summary>
    string Provider { get; }

    /// <summary>True where a model's weights are needed; a simulated session has none.</summary>
    bool NeedsWeights { get; }

    /// <summary>Loads a model, and passes it through whatever shows that it will be right in production.</summary>
    /// <returns>The session and the median time of one run.</returns>
    /// <exception cref="Manifests.ModelException">The model cannot be used on this device.</exception>
    (IMattingSession Session, TimeSpan RunTime) Open(LoadedModel model, CancellationToken cancellationToken);
}
