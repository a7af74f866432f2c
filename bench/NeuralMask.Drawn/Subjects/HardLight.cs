namespace NeuralMask.Drawn;

/// <summary>A solid star in hard sunlight: sharp corners, one side in the dark, and a shadow that is not part of it.</summary>
internal sealed class HardLight : ISubject
{
    public Colour Colour => new(0.82f, 0.66f, 0.2f);

    public void Draw(SubjectLayer layer, DrawnDice dice) => layer.Lay(
        (x, y) => Inside(x - (layer.Width * 0.5f), y - (layer.Height * 0.5f), layer.Unit) + 0.5f,
        (x, y) => Colour * ((x + y > (layer.Width + layer.Height) * 0.5f ? 0.45f : 1) * (0.9f + (0.2f * ValueNoise.At(x / 25, y / 25, 11)))));

    public float Light(float x, float y, SubjectLayer layer)
    {
        // The shadow is the star again, further off and with the soft rim that the sun's width gives.
        var inside = Inside(x - (layer.Width * 0.55f), y - (layer.Height * 0.56f), layer.Unit);
        return 1 - (0.55f * Math.Clamp((inside / (layer.Unit * 0.01f)) + 0.5f, 0, 1));
    }

    // Distance to the rim along the radius, in pixels; inside is positive.
    private static float Inside(float x, float y, float unit)
    {
        var rim = unit * (0.27f + (0.08f * MathF.Asin(MathF.Sin(7 * MathF.Atan2(y, x)))));
        return (rim - MathF.Sqrt((x * x) + (y * y))) * 0.8f;
    }
}
