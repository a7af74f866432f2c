using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Inference.Providers;
using NeuralMask.Testing;

namespace NeuralMask.Grains.Tests.Inference;

/// <summary>The logic around GPU sessions, on a machine that has no GPU.</summary>
public sealed class CpuResidueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_real_profile_names_the_operators_that_computed_on_the_cpu()
    {
        string profile;
        using (var session = ModelSession.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), () =>
        {
            var options = CpuSession.Options(threads: 1);
            options.EnableProfiling = true;
            options.ProfileOutputPathPrefix = _folder.Under("run");
            return options;
        }))
        {
            session.Run(new byte[128 * 128 * 3], 128, 128, CancellationToken.None);
            profile = session.EndProfiling();
        }

        var residue = CpuResidue.Read(File.ReadAllText(profile));
        Assert.NotEmpty(residue.Work);
        Assert.Empty(residue.ShapeArithmetic);
    }

    [Fact]
    public void Only_whole_numbers_are_arithmetic_on_shapes()
    {
        const string Profile = """
            [ {"cat":"Session","name":"model_run","args":{}},
              {"cat":"Node","name":"shape_kernel_time","args":{"op_name":"Shape","provider":"CPUExecutionProvider","output_type_shape":[{"int64":[4]}]}},
              {"cat":"Node","name":"less_kernel_time","args":{"op_name":"Less","provider":"CPUExecutionProvider","output_type_shape":[{"bool":[1]}]}},
              {"cat":"Node","name":"split_kernel_time","args":{"op_name":"Split","provider":"CPUExecutionProvider","output_type_shape":[{"int64":[4]},{"float":[4]}]}},
              {"cat":"Node","name":"odd_kernel_time","args":{"op_name":"Odd","provider":"CPUExecutionProvider"}},
              {"cat":"Node","name":"conv_kernel_time","args":{"op_name":"Conv","provider":"CUDAExecutionProvider","output_type_shape":[{"float":[1,1,8,8]}]}} ]
            """;

        var residue = CpuResidue.Read(Profile);

        Assert.Equal(["Less", "Shape"], residue.ShapeArithmetic);
        Assert.Equal(["Odd", "Split"], residue.Work);
    }

    [Theory]
    [InlineData(GpuSessionOpener.Cuda)]
    [InlineData(GpuSessionOpener.TensorRt)]
    public void A_machine_without_the_provider_says_what_it_needs_and_what_to_set(string provider)
    {
        var options = Options.Create(new InferenceOptions { Provider = provider });
        var model = ToyModel.Load(_folder.Path, ToyGraph.Sigmoid, manifest => manifest with { Files = [manifest.Files[0] with { Providers = ["cpu", "cuda", "tensorrt"] }] });

        var message = Assert.Throws<ModelException>(() => new GpuSessionOpener(options, NullLogger<GpuSessionOpener>.Instance).Open(model, CancellationToken.None)).Message;

        Assert.Contains("CUDA 13, cuDNN 9", message, StringComparison.Ordinal);
        Assert.Contains("NeuralMask:Provider", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_run_on_the_provider_is_refused_before_it_is_loaded()
    {
        var options = Options.Create(new InferenceOptions { Provider = GpuSessionOpener.Cuda });

        var message = Assert.Throws<ModelException>(() =>
            new GpuSessionOpener(options, NullLogger<GpuSessionOpener>.Instance).Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None)).Message;

        Assert.Contains("no file that runs on cuda", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_memory_limit_and_the_engine_folder_reach_the_providers()
    {
        var options = new InferenceOptions { GpuDevice = 2, GpuMemoryMegabytes = 4000, TensorRtCacheFolder = _folder.Under("engines") };

        Assert.Equal("4194304000", GpuSessionOpener.CudaSettings(options)["gpu_mem_limit"]);
        Assert.Equal("2", GpuSessionOpener.CudaSettings(options)["device_id"]);
        Assert.Equal(_folder.Under("engines"), GpuSessionOpener.TensorRtSettings(options)["trt_engine_cache_path"]);
        Assert.DoesNotContain("gpu_mem_limit", GpuSessionOpener.CudaSettings(new InferenceOptions()).Keys);
    }
}
