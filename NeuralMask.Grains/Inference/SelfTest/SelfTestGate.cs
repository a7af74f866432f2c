using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Grains.Inference.SelfTest;

/// <summary>
/// The gate that a session passes before it is ready. It runs on the provider that will serve, so that a wrong scale, a
/// swapped channel, a second activation or a broken kernel stops the start and not a customer's picture.
/// </summary>
public static class SelfTestGate
{
    /// <summary>Runs the three pictures, which also warms the session up.</summary>
    /// <returns>The median time of one run.</returns>
    /// <exception cref="ModelException">The session does not give what it should.</exception>
    public static TimeSpan Pass(ModelSession session, CancellationToken cancellationToken)
    {
        var (manifest, limits) = (session.Model.Manifest, session.Model.Manifest.SelfTest);
        var times = new List<TimeSpan>();
        foreach (var picture in Pictures(manifest))
        {
            var began = Stopwatch.GetTimestamp();
            var (alpha, width, height) = session.Run(picture.Rgb, picture.Width, picture.Height, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(began));
            var mask = SelfTestRecord.Reduce(alpha, width, height);
            Judge(session.Model, picture, mask, limits);
            Compare(session.Model, picture.Name, mask, limits);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    /// <summary>Runs the three pictures and keeps what came out, for a file that nobody has recorded yet.</summary>
    /// <exception cref="ModelException">The product picture alone shows that the manifest does not fit the file.</exception>
    public static SelfTestRecord Record(ModelSession session, CancellationToken cancellationToken)
    {
        var masks = new Dictionary<string, string>();
        foreach (var picture in Pictures(session.Model.Manifest))
        {
            var (alpha, width, height) = session.Run(picture.Rgb, picture.Width, picture.Height, cancellationToken);
            var mask = SelfTestRecord.Reduce(alpha, width, height);
            Judge(session.Model, picture, mask, session.Model.Manifest.SelfTest);
            masks[picture.Name] = SelfTestRecord.Pack(mask);
        }

        return new SelfTestRecord { Runtime = OrtEnv.Instance().GetVersionString(), Masks = masks };
    }

    private static IReadOnlyList<SelfTestPicture> Pictures(ModelManifest manifest)
    {
        var (width, height) = manifest.Input is { Dynamic: true, ReferenceSide: { } side }
            ? (side, side)
            : (manifest.Input.Width, manifest.Input.Height);
        return SelfTestPicture.DrawAll(width, height);
    }

    private static void Judge(LoadedModel model, SelfTestPicture picture, byte[] mask, ModelSelfTest limits)
    {
        // Of hair and glass nobody can say what the right mask is; a solid product leaves no doubt.
        if (picture.Name != "product")
        {
            return;
        }

        var drawn = SelfTestRecord.Reduce(picture.Coverage, picture.Width, picture.Height);
        var background = Mean(mask, drawn, 0);
        if (background > limits.BackgroundMax)
        {
            throw Failure(model, $"the background of the product picture has a mean alpha of {Share(background)}, and at most {Share(limits.BackgroundMax)} is allowed");
        }

        var subject = Mean(mask, drawn, byte.MaxValue);
        if (subject < limits.SubjectMin)
        {
            throw Failure(model, $"the subject of the product picture has a mean alpha of {Share(subject)}, and at least {Share(limits.SubjectMin)} is needed");
        }
    }

    private static void Compare(LoadedModel model, string picture, byte[] reduced, ModelSelfTest limits)
    {
        if (model.Record is null)
        {
            return;
        }

        if (!model.Record.Masks.TryGetValue(picture, out var packed))
        {
            throw new ModelException($"The self-test record of {model} holds no mask of the {picture} picture: write it anew with `neuralmask models pull {model.Manifest.Id} --record`.");
        }

        var recorded = SelfTestRecord.Unpack(packed);
        var error = reduced.Zip(recorded, (a, b) => Math.Abs(a - b)).Average() / 255;
        if (error > limits.MaxMeanError)
        {
            throw Failure(model, $"the mask of the {picture} picture differs from the recorded one by {Share(error)} in the mean, and at most {Share(limits.MaxMeanError)} is allowed");
        }
    }

    private static double Mean(byte[] mask, byte[] drawn, byte where) =>
        mask.Zip(drawn).Where(cell => cell.Second == where).Average(cell => cell.First / 255.0);

    private static string Share(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static ModelException Failure(LoadedModel model, string what) => new(
        $"{model} failed its self-test: {what}; scale, mean, channels, resize or activation in model.json do not fit this file, or the provider computes it wrongly.");
}
