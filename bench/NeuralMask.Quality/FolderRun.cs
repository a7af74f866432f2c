using NeuralMask.Drawn;
using NeuralMask.Imaging;

namespace NeuralMask.Quality;

/// <summary>The ablation on a folder of pictures whose alphas are known.</summary>
internal static class FolderRun
{
    public static int Run(string pictures, string alphas, string? masks, bool connectivity)
    {
        var ablation = new Ablation("Pictures", connectivity);
        var found = 0;
        foreach (var path in Directory.EnumerateFiles(pictures).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (Named(alphas, name) is not { } alphaPath)
            {
                continue;
            }

            using var picture = Read(path);
            var truth = Grey(alphaPath);
            var mask = masks is not null && Named(masks, name) is { } maskPath ? Grey(maskPath) : NetworkMask.Perfect(truth);
            ablation.Add(name, picture, mask, truth, null);
            found++;
        }

        if (found == 0)
        {
            Console.Error.WriteLine("No picture has an alpha of the same name.");
            return 1;
        }

        ablation.Print();
        return 0;
    }

    private static string? Named(string folder, string name) =>
        Directory.EnumerateFiles(folder, name + ".*").Order(StringComparer.Ordinal).FirstOrDefault();

    private static Picture Read(string path)
    {
        var file = File.ReadAllBytes(path);
        return PictureDecoder.Decode(file, PictureHeader.Read(file, new PictureLimits()), CancellationToken.None);
    }

    private static Mask Grey(string path)
    {
        using var picture = Read(path);
        var alpha = new byte[picture.Width * picture.Height];
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = picture.Pixels[4 * i];
        }

        return new Mask(alpha, picture.Width, picture.Height);
    }
}
