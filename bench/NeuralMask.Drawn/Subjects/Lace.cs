namespace NeuralMask.Drawn;

/// <summary>White lace: rings of thread, 2 to 4 pixels thick, between holes of 20 to 30 pixels.</summary>
internal sealed class Lace : ISubject
{
    private const float Mesh = 30;

    public Colour Colour => new(0.92f, 0.91f, 0.88f);

    public void Draw(SubjectLayer layer, DrawnDice dice)
    {
        var cloth = new Ellipse(layer.Width * 0.5f, layer.Height * 0.5f, layer.Unit * 0.38f, layer.Unit * 0.34f);
        layer.Lay((x, y) => Math.Min(cloth.Cover(x, y), Thread(x, y, cloth)), (x, y) => Colour * (0.8f + (0.27f * ValueNoise.At(x / 3, y / 3, 2))));
    }

    private static float Thread(float x, float y, Ellipse cloth)
    {
        var hem = cloth.Radius(x, y);
        if (hem is > 0.96f or < 0.3f)
        {
            return 1;
        }

        // Every other row of rings is set off by half a mesh.
        var row = MathF.Floor(y / Mesh);
        var shift = ((int)row & 1) * Mesh / 2;
        var (u, v) = (((x + shift) % Mesh) - (Mesh / 2), y - ((row + 0.5f) * Mesh));
        var thickness = 2 + (2 * ValueNoise.At(x / 200, y / 200, 4));
        return (thickness / 2) + 0.5f - Math.Abs(MathF.Sqrt((u * u) + (v * v)) - (Mesh * 0.46f));
    }
}
