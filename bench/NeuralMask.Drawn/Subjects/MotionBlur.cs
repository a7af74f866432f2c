namespace NeuralMask.Drawn;

/// <summary>A ball that moved sideways while the shutter was open: its edges are ramps, hard above and below.</summary>
internal sealed class MotionBlur : ISubject
{
    private const int Moments = 24;

    public Colour Colour => new(0.75f, 0.16f, 0.14f);

    public void Draw(SubjectLayer layer, DrawnDice dice)
    {
        var way = layer.Unit * 0.04f;
        layer.Lay(
            (x, y) =>
            {
                var sum = 0f;
                for (var i = 0; i < Moments; i++)
                {
                    var ball = new Ellipse((layer.Width * 0.5f) + (way * (((i + 0.5f) / Moments) - 0.5f)), layer.Height * 0.5f, layer.Unit * 0.28f, layer.Unit * 0.28f);
                    sum += Math.Clamp(ball.Cover(x, y), 0, 1);
                }

                return sum / Moments;
            },
            (x, y) => Colour * (0.8f + (0.35f * ValueNoise.At(x / 300, y / 80, 6))));
    }
}
