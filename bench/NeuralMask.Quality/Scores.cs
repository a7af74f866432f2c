using NeuralMask.Imaging;

namespace NeuralMask.Quality;

/// <summary>All measures of one result.</summary>
internal sealed record Scores(AlphaError Alpha, double Gradient, double? Connectivity, double? Foreground, double Haze)
{
    /// <summary>Finishes a copy of the picture and measures it.</summary>
    public static Scores Of(Picture picture, Mask mask, Mask truth, Picture? foreground, Stage stage, bool connectivity)
    {
        using var cutout = picture.Copy();
        var options = stage.Options with { HiddenColour = HiddenColour.Kept };
        MatteFinish.Apply(cutout, mask, CanvasPlacement.Whole(mask.Width, mask.Height), options, CancellationToken.None);
        var alpha = AlphaOf(cutout);
        return new Scores(
            AlphaError.Between(alpha, truth),
            GradientError.Between(alpha, truth, CancellationToken.None),
            connectivity ? ConnectivityError.Between(alpha, truth, CancellationToken.None) : null,
            foreground is null ? null : ForegroundError.InBand(cutout, foreground, truth),
            BackgroundHaze.Of(alpha, truth));
    }

    private static Mask AlphaOf(Picture picture)
    {
        var alpha = new byte[picture.Width * picture.Height];
        var pixels = picture.Pixels;
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = pixels[(4 * i) + 3];
        }

        return new Mask(alpha, picture.Width, picture.Height);
    }
}
