using Microsoft.ML.OnnxRuntime;

namespace NeuralMask.Grains.Inference.Providers;

/// <summary>How ONNX Runtime is set up on a CPU.</summary>
internal static class CpuSession
{
    // One arena for the process, which grows by what is asked for and not by doubling: the default doubles, and held
    // 2.2 GB for a network that needs 1.4 GB. Registering it is possible once only.
    private static readonly Lazy<bool> SharedArena = new(() =>
    {
        const int SameAsRequested = 1;
        const int RuntimeDefault = -1;
        using var memory = new OrtMemoryInfo("Cpu", OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var arena = new OrtArenaCfg(0, SameAsRequested, RuntimeDefault, RuntimeDefault);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
        return true;
    });

    public static SessionOptions Options(int threads)
    {
        _ = SharedArena.Value;
        var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,

            // At this level the casts of a half-precision file are folded into its weights while it loads; one level
            // lower they are computed again for every picture, which costs a quarter more time.
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,

            // The pattern reserves one block for a whole run; without it the peak is 0.7 GB lower at the same speed.
            EnableMemoryPattern = false,
        };
        options.AddSessionConfigEntry("session.use_env_allocators", "1");

        // Spinning threads take CPU time from the decoding and encoding beside them and gain nothing here.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
