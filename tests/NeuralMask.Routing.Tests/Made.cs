using NeuralMask.Grains.Interfaces.Matting;

namespace NeuralMask.Routing.Tests;

internal static class Made
{
    public const string Model = "model";

    public static SiloReport Report(
        string silo = "silo",
        long sequence = 1,
        int sessions = 1,
        double queued = 0,
        double running = 0,
        double bound = 60,
        int length = 0,
        bool draining = false,
        bool warm = true,
        long arrived = 0,
        double secondsPerRun = 2) => new()
        {
            Silo = silo,
            Sequence = sequence,
            Sessions = sessions,
            QueuedSeconds = queued,
            RunningSeconds = running,
            BoundSeconds = bound,
            QueueLength = length,
            Draining = draining,
            Models = warm ? [new WarmModel { Id = Model, Version = "1", Precision = "fp32", Provider = "test", SecondsPerRun = secondsPerRun }] : [],
            Arrived = arrived,
        };

    public static MattingRequest Request(string operation = "operation", double seconds = 0) => new()
    {
        Operation = operation,
        Rgb = new byte[3],
        Width = 1,
        Height = 1,
        Deadline = DateTimeOffset.MaxValue,
        Model = Model,
        PredictedSeconds = seconds,
    };
}

/// <summary>Dice that fall as they are told to.</summary>
internal sealed class LoadedDice(params int[] falls) : Random
{
    private readonly Queue<int> _falls = new(falls);

    public override int Next(int maxValue) => _falls.Dequeue() % maxValue;
}
