namespace NeuralMask.Drawn;

/// <summary>A glass sphere: see-through in the middle, denser to the rim, with an opaque highlight and foot.</summary>
internal sealed class Glass : ISubject
{
    public Colour Colour => new(0.72f, 0.82f, 0.88f);

    public void Draw(SubjectLayer layer, DrawnDice dice)
    {
        var bowl = new Ellipse(layer.Width * 0.5f, layer.Height * 0.45f, layer.Unit * 0.3f, layer.Unit * 0.3f);
        layer.Lay((x, y) => Math.Min(bowl.Cover(x, y), Density(bowl.Radius(x, y))), (x, y) => Colour * (0.9f + (0.15f * ValueNoise.At(x / 150, y / 150, 3))));
        var foot = new Ellipse(layer.Width * 0.5f, layer.Height * 0.82f, layer.Unit * 0.2f, layer.Unit * 0.06f);
        layer.Lay(foot.Cover, (_, _) => Colour * 0.8f);
        var highlight = new Ellipse(layer.Width * 0.45f, layer.Height * 0.35f, layer.Unit * 0.05f, layer.Unit * 0.08f);
        layer.Lay(highlight.Cover, (_, _) => new Colour(1, 1, 1));
    }

    private static float Density(float radius) => 0.2f + (0.15f * radius) + (0.65f * MathF.Pow(Math.Min(radius, 1), 12));
}
