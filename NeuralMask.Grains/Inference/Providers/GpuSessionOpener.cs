using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Inference.SelfTest;

namespace NeuralMask.Grains.Inference.Providers;

/// <summary>
/// Sessions on an NVIDIA GPU, by CUDA or by TensorRT over CUDA. A graph that would run in part on the CPU is refused,
/// since it would be slow without anybody noticing; only the integer arithmetic on shapes that ONNX Runtime itself keeps
/// there is let through, and named in the log.
/// </summary>
public sealed partial class GpuSessionOpener(IOptions<InferenceOptions> options, ILogger<GpuSessionOpener> logger) : ISessionOpener
{
    /// <summary>Name of the CUDA provider.</summary>
    public const string Cuda = "cuda";

    /// <summary>Name of the TensorRT provider.</summary>
    public const string TensorRt = "tensorrt";

    private const string DisableFallback = "session.disable_cpu_ep_fallback";

    /// <inheritdoc/>
    public string Provider => options.Value.Provider;

    /// <inheritdoc/>
    public bool NeedsWeights => true;

    /// <inheritdoc/>
    public (IMattingSession Session, TimeSpan RunTime) Open(LoadedModel model, CancellationToken cancellationToken)
    {
        if (!model.File.Providers.Contains(Provider))
        {
            var others = model.Manifest.Files.Where(file => file.Providers.Contains(Provider)).Select(file => file.Name).ToList();
            throw new ModelException(others.Count == 0
                ? $"{model.Manifest.Id} has no file that runs on {Provider}; choose another model, or set NeuralMask:Provider to {string.Join(" or ", model.File.Providers)}."
                : $"{model} does not run on {Provider}; set NeuralMask:ModelFile to {string.Join(" or ", others)}.");
        }

        var dimensions = FreeDimensions(model);
        var session = OpenStrictly(model, dimensions, cancellationToken);
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

    private ModelSession OpenStrictly(LoadedModel model, IReadOnlyDictionary<string, long> dimensions, CancellationToken cancellationToken)
    {
        try
        {
            return ModelSession.Open(model, () => Options(dimensions, strict: true));
        }
        catch (ModelException refused) when (refused.InnerException is OnnxRuntimeException && refused.InnerException.Message.Contains("fallback to CPU EP has been explicitly disabled", StringComparison.Ordinal))
        {
            RequireShapeArithmeticOnly(model, dimensions, cancellationToken);
            return ModelSession.Open(model, () => Options(dimensions, strict: false));
        }
    }

    // One run under the profiler shows which operators stayed on the CPU and what they gave.
    private void RequireShapeArithmeticOnly(LoadedModel model, IReadOnlyDictionary<string, long> dimensions, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("neuralmask-profile-");
        try
        {
            string profile;
            using (var session = ModelSession.Open(model, () => Profiled(Options(dimensions, strict: false), folder.FullName)))
            {
                var picture = SelfTestPicture.DrawAll(model.Manifest.Input.Width, model.Manifest.Input.Height)[0];
                session.Run(picture.Rgb, picture.Width, picture.Height, cancellationToken);
                profile = session.EndProfiling();
            }

            var residue = CpuResidue.Read(File.ReadAllText(profile));
            if (residue.Work.Count > 0)
            {
                throw new ModelException($"{model} would run in part on the CPU: {string.Join(", ", residue.Work)}; use a file whose operators all run on {Provider}, or set NeuralMask:Provider to {CpuSessionOpener.Name}.");
            }

            LogResidue(logger, string.Join(", ", residue.ShapeArithmetic));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SessionOptions Profiled(SessionOptions session, string folder)
    {
        session.EnableProfiling = true;
        session.ProfileOutputPathPrefix = Path.Combine(folder, "run");
        return session;
    }

    // Dimensions that the graph leaves open are known here, and ONNX Runtime places more operators once it knows them.
    private static Dictionary<string, long> FreeDimensions(LoadedModel model)
    {
        using var session = ModelSession.Load(model, () =>
        {
            var plain = CpuSession.Options(threads: 1);
            plain.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
            return plain;
        });
        var input = model.Manifest.Input;
        long[] sides = input.Layout == TensorLayout.Nchw ? [1, 3, input.Height, input.Width] : [1, input.Height, input.Width, 3];
        var node = session.InputMetadata[input.Name ?? session.InputNames[0]];
        return node.SymbolicDimensions
            .Select((name, axis) => (Name: name, Axis: axis))
            .Where(dimension => dimension.Name.Length > 0 && dimension.Axis < sides.Length)
            .DistinctBy(dimension => dimension.Name)
            .ToDictionary(dimension => dimension.Name, dimension => sides[dimension.Axis]);
    }

    private SessionOptions Options(IReadOnlyDictionary<string, long> dimensions, bool strict)
    {
        var session = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        session.AddSessionConfigEntry(DisableFallback, strict ? "1" : "0");
        foreach (var (name, side) in dimensions)
        {
            session.AddFreeDimensionOverrideByName(name, side);
        }

        try
        {
            if (Provider == TensorRt)
            {
                using var tensorRt = new OrtTensorRTProviderOptions();
                tensorRt.UpdateOptions(TensorRtSettings(options.Value));
                session.AppendExecutionProvider_Tensorrt(tensorRt);
            }

            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(CudaSettings(options.Value));
            session.AppendExecutionProvider_CUDA(cuda);
            return session;
        }
        catch (Exception failure) when (failure is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            session.Dispose();
            throw new ModelException($"The {Provider} provider cannot be used on this machine ({failure.Message.Split('\n', 2)[0].Trim()}): ONNX Runtime {OrtEnv.Instance().GetVersionString()} needs CUDA 13, cuDNN 9 and a GPU of compute capability 7.5 or higher, and the executable NeuralMask.Silo; without them set NeuralMask:Provider to {CpuSessionOpener.Name}.", failure);
        }
    }

    internal static Dictionary<string, string> CudaSettings(InferenceOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = $"{options.GpuDevice}",

            // By default the arena doubles and never shrinks, and the search for kernels tries them all and keeps what they took.
            ["arena_extend_strategy"] = "kSameAsRequested",
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            ["do_copy_in_default_stream"] = "1",
        };
        if (options.GpuMemoryMegabytes > 0)
        {
            settings["gpu_mem_limit"] = $"{options.GpuMemoryMegabytes * 1024L * 1024}";
        }

        return settings;
    }

    internal static Dictionary<string, string> TensorRtSettings(InferenceOptions options)
    {
        var settings = new Dictionary<string, string> { ["device_id"] = $"{options.GpuDevice}", ["trt_fp16_enable"] = "1" };
        if (options.TensorRtCacheFolder is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            settings["trt_engine_cache_enable"] = settings["trt_timing_cache_enable"] = "1";
            settings["trt_engine_cache_path"] = settings["trt_timing_cache_path"] = folder;
        }

        return settings;
    }

    [LoggerMessage(120, LogLevel.Information, "Only arithmetic on shapes runs on the CPU: {Operators}")]
    private static partial void LogResidue(ILogger logger, string operators);
}
