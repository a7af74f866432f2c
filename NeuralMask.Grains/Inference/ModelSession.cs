using Microsoft.ML.OnnxRuntime;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Inference.Providers;

namespace NeuralMask.Grains.Inference;

/// <summary>One ONNX session with its buffers. Not for two threads at once.</summary>
public sealed class ModelSession : IMattingSession
{
    private readonly InferenceSession _session;
    private readonly InputTensor _input;
    private readonly GraphNames _names;

    private ModelSession(LoadedModel model, InferenceSession session, GraphNames names)
    {
        Model = model;
        _session = session;
        _names = names;
        _input = new InputTensor(model.Manifest.Input);
    }

    /// <inheritdoc/>
    public LoadedModel Model { get; }

    /// <summary>Loads a model on the CPU and holds its graph against its manifest.</summary>
    /// <param name="model">The model.</param>
    /// <param name="threads">Threads that the session computes with; at least 1.</param>
    /// <exception cref="ModelException">The file cannot be loaded, or the manifest does not fit it.</exception>
    public static ModelSession Open(LoadedModel model, int threads) => Open(model, () => CpuSession.Options(threads));

    /// <summary>Loads a model on the device that the options name.</summary>
    internal static ModelSession Open(LoadedModel model, Func<SessionOptions> options)
    {
        var session = Load(model, options);
        try
        {
            return new ModelSession(model, session, GraphNames.Check(model, session));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Loads a graph and nothing more.</summary>
    internal static InferenceSession Load(LoadedModel model, Func<SessionOptions> options)
    {
        using var chosen = options();
        try
        {
            return new InferenceSession(model.Path, chosen);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new ModelException($"{model.Path} cannot be loaded as a model by ONNX Runtime {OrtEnv.Instance().GetVersionString()}: fetch it again with `neuralmask models pull {model.Manifest.Id}` ({FirstLine(failure)}).", failure);
        }
    }

    /// <summary>Ends a profile that was begun by the session's options.</summary>
    /// <returns>Path of the file.</returns>
    internal string EndProfiling() => _session.EndProfiling();

    /// <inheritdoc/>
    public (byte[] Alpha, int Width, int Height) Run(ReadOnlySpan<byte> rgb, int width, int height, CancellationToken cancellationToken)
    {
        RequireCanvas(rgb.Length, width, height);
        cancellationToken.ThrowIfCancellationRequested();
        using var run = new RunOptions();
        using var stop = cancellationToken.Register(() => run.Terminate = true);
        using var input = _input.Fill(rgb, width, height);
        try
        {
            // Only this output is fetched, so that the side outputs of such networks are given back at once.
            using var outputs = _session.Run(run, [_names.Input], [input], [_names.Output]);
            return OutputMask.Read(Model, outputs[0]);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new ModelException($"{Model} failed while it ran: {FirstLine(failure)}", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private void RequireCanvas(int bytes, int width, int height)
    {
        var input = Model.Manifest.Input;
        var fits = input.Dynamic
            ? width > 0 && height > 0 && width % input.MultipleOf == 0 && height % input.MultipleOf == 0
            : width == input.Width && height == input.Height;
        if (!fits || bytes != width * height * 3)
        {
            throw new ArgumentException($"A canvas of {width} × {height} pixels in {bytes} bytes is not one that {Model} takes.");
        }
    }

    private static string FirstLine(OnnxRuntimeException failure) => failure.Message.Split('\n', 2)[0].Trim();
}
