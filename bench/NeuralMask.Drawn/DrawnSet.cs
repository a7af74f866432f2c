using NeuralMask.Imaging;

namespace NeuralMask.Drawn;

/// <summary>The pictures of the set, each made by the same throws of the dice in every run.</summary>
public static class DrawnSet
{
    // Deviation of a good camera's noise at low ISO, of full scale.
    private const float Noise = 0.004f;

    /// <summary>Every subject on every backdrop, with the size at which the set has it: 1 to 12 megapixels, 4:3.</summary>
    public static IEnumerable<(SubjectKind Subject, BackdropKind Backdrop, int Width, int Height)> All
    {
        get
        {
            (int Width, int Height)[] sizes = [(2000, 1500), (2828, 2121), (4000, 3000), (2400, 1800), (3264, 2448), (1200, 900)];
            foreach (var subject in Enum.GetValues<SubjectKind>())
            {
                foreach (var backdrop in Enum.GetValues<BackdropKind>())
                {
                    // Every backdrop comes in all the sizes, every subject in three of them.
                    var (width, height) = sizes[((int)subject + (2 * (int)backdrop)) % sizes.Length];
                    yield return (subject, backdrop, width, height);
                }
            }
        }
    }

    /// <summary>Draws one.</summary>
    /// <param name="subject">What.</param>
    /// <param name="backdrop">Before what.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns>The picture; the caller disposes of it.</returns>
    public static DrawnPicture Draw(SubjectKind subject, BackdropKind backdrop, int width, int height)
    {
        var what = Subject(subject);
        var dice = new DrawnDice(((ulong)subject * 1000) + (ulong)backdrop);
        var layer = new SubjectLayer(width, height);
        what.Draw(layer, dice);

        var drawn = new DrawnPicture(
            $"{subject}/{backdrop}",
            new Picture(width, height),
            new Mask(Alpha(layer), width, height),
            new Picture(width, height),
            new Picture(width, height));
        Compose(drawn, layer, what, backdrop, dice);
        return drawn;
    }

    private static byte[] Alpha(SubjectLayer layer)
    {
        var alpha = new byte[layer.Width * layer.Height];
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = Byte(layer.Alpha(i));
        }

        return alpha;
    }

    private static void Compose(DrawnPicture drawn, SubjectLayer layer, ISubject subject, BackdropKind backdrop, DrawnDice dice)
    {
        var alpha = drawn.Alpha.Alpha.Span;
        var composite = drawn.Composite.Pixels;
        var foreground = drawn.Foreground.Pixels;
        var background = drawn.Background.Pixels;
        for (var i = 0; i < alpha.Length; i++)
        {
            var (x, y) = ((i % layer.Width) + 0.5f, (i / layer.Width) + 0.5f);
            var behind = BackdropColours.At(backdrop, x, y, layer, subject) * subject.Light(x, y, layer);

            // From the rounded alpha, so that what is called true is true.
            var mixed = Colour.Blend(behind, layer.Colour(i), alpha[i] / 255f);
            var noise = new Colour(dice.Normal(), dice.Normal(), dice.Normal()) * Noise;
            Put(composite, i, mixed + noise);
            Put(foreground, i, layer.Colour(i));
            Put(background, i, behind);
        }
    }

    private static void Put(Span<byte> pixels, int index, Colour colour)
    {
        pixels[(4 * index) + 3] = 255;
        (pixels[4 * index], pixels[(4 * index) + 1], pixels[(4 * index) + 2]) = (Byte(colour.R), Byte(colour.G), Byte(colour.B));
    }

    private static byte Byte(float value) => (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5f);

    private static ISubject Subject(SubjectKind kind) => kind switch
    {
        SubjectKind.Hair => new Hair(),
        SubjectKind.Fur => new Fur(),
        SubjectKind.Lace => new Lace(),
        SubjectKind.Glass => new Glass(),
        SubjectKind.MotionBlur => new MotionBlur(),
        SubjectKind.HardLight => new HardLight(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
