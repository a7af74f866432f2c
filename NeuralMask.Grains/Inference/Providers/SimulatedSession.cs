using Microsoft.Extensions.Options;

namespace NeuralMask.Grains.Inference.Providers;

/// <summary>
/// Sessions that take the time of a network and no processor, for tests and benchmarks of everything around one. Their
/// mask is a disc, whatever the picture shows; every metric and log names the provider <c>simulated</c>.
/// </summary>
public sealed class SimulatedSessionOpener(IOptions<InferenceOptions> options) : ISessionOpener
{
    /// <summary>Name of this provider.</summary>
    public const string Name = "simulated";

    /// <inheritdoc/>
    public string Provider => Name;

    /// <inheritdoc/>
    public bool NeedsWeights => false;

    /// <inheritdoc/>
    public (IMattingSession Session, TimeSpan RunTime) Open(LoadedModel model, CancellationToken cancellationToken)
    {
        var time = TimeSpan.FromSeconds(options.Value.SimulatedSeconds);
        return (new SimulatedSession(model, time), time);
    }
}

/// <summary>A session without a network.</summary>
internal sealed class SimulatedSession(LoadedModel model, TimeSpan time) : IMattingSession
{
    private readonly Dictionary<(int, int), byte[]> _discs = [];

    public LoadedModel Model { get; } = model;

    public (byte[] Alpha, int Width, int Height) Run(ReadOnlySpan<byte> rgb, int width, int height, CancellationToken cancellationToken)
    {
        if (rgb.Length != width * height * 3)
        {
            throw new ArgumentException($"A canvas of {width} × {height} pixels has not {rgb.Length} bytes.");
        }

        if (!_discs.TryGetValue((width, height), out var disc))
        {
            _discs[(width, height)] = disc = Disc(width, height);
        }

        // The session's own thread waits, as it would for a device.
        if (cancellationToken.WaitHandle.WaitOne(time))
        {
            throw new OperationCanceledException(cancellationToken);
        }

        return (disc, width, height);
    }

    public void Dispose() => _discs.Clear();

    private static byte[] Disc(int width, int height)
    {
        var disc = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = (((x + 0.5) / width) - 0.5, ((y + 0.5) / height) - 0.5);
                disc[(y * width) + x] = (dx * dx) + (dy * dy) < 0.09 ? byte.MaxValue : (byte)0;
            }
        }

        return disc;
    }
}
