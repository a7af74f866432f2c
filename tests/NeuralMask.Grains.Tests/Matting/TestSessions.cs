using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting;

namespace NeuralMask.Grains.Tests.Matting;

/// <summary>Sessions whose pictures a test lets begin and end.</summary>
internal sealed class TestOpener : ISessionOpener
{
    public string Provider => "test";

    public bool NeedsWeights => false;

    public TimeSpan RunTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a session does with a picture; its first byte says which one it is.</summary>
    public Func<byte, CancellationToken, byte[]> Run { get; set; } = (_, _) => [];

    public ConcurrentQueue<TestSession> Opened { get; } = new();

    public (IMattingSession Session, TimeSpan RunTime) Open(LoadedModel model, CancellationToken cancellationToken)
    {
        var session = new TestSession(model, this);
        Opened.Enqueue(session);
        return (session, RunTime);
    }
}

internal sealed class TestSession(LoadedModel model, TestOpener opener) : IMattingSession
{
    public LoadedModel Model { get; } = model;

    public bool IsDisposed { get; private set; }

    public ConcurrentQueue<byte> Ran { get; } = new();

    public (byte[] Alpha, int Width, int Height) Run(ReadOnlySpan<byte> rgb, int width, int height, CancellationToken cancellationToken)
    {
        Ran.Enqueue(rgb[0]);
        return (opener.Run(rgb[0], cancellationToken), width, height);
    }

    public void Dispose() => IsDisposed = true;
}

internal static class Made
{
    public const string Model = "toy";

    public static MattingRequest Picture(byte number = 1, string tenant = "tenant", double seconds = 1, int bytes = 3, string front = "", DateTimeOffset? deadline = null, string model = Model) => new()
    {
        Operation = $"operation-{number}",
        Rgb = Enumerable.Repeat(number, bytes).ToArray(),
        Width = bytes / 3,
        Height = 1,
        Deadline = deadline ?? DateTimeOffset.MaxValue,
        Model = model,
        Tenant = tenant,
        Weight = 1,
        PredictedSeconds = seconds,
        Front = front,
    };

    public static SiloSessions Sessions(ISessionOpener opener, TimeProvider clock, int sessions = 1) =>
        new(Options.Create(new InferenceOptions { MaxWorkers = sessions }), opener, clock, NullLogger<SiloSessions>.Instance);
}
