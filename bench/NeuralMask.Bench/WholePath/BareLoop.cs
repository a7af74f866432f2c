using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace NeuralMask.Bench.WholePath;

/// <summary>
/// The least that a picture can cost: a session and nothing else, in a process of its own so that its memory can be
/// told apart. A line on standard input is a run; the answer is its milliseconds.
/// </summary>
internal static class BareLoop
{
    /// <summary>Options as ONNX Runtime has them, but for the number of threads.</summary>
    public const string DefaultOptions = "default";

    /// <summary>Options as the service sets them.</summary>
    public const string ServiceOptions = "service";

    private const int Side = 1024;

    public static int Serve(string model, int threads, string kind)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (kind == ServiceOptions)
        {
            Tune(options);
        }

        using var session = new InferenceSession(model, options);
        var values = new float[3 * Side * Side];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ((i * 31 % 256) - 128) / 256f;
        }

        using var run = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(values, [1, 3, Side, Side]);
        while (Console.ReadLine() is not null)
        {
            var began = Stopwatch.GetTimestamp();
            using var outputs = session.Run(run, [session.InputNames[0]], [input], ["output"]);
            Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static void Tune(SessionOptions options)
    {
        const int SameAsRequested = 1;
        using var memory = new OrtMemoryInfo("Cpu", OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var arena = new OrtArenaCfg(0, SameAsRequested, -1, -1);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.EnableMemoryPattern = false;
    }
}
