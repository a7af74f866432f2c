namespace NeuralMask.Drawn;

/// <summary>Colour of the backdrop at a place.</summary>
internal static class BackdropColours
{
    private static readonly Colour Sky = new(0.35f, 0.62f, 0.55f);
    private static readonly Colour Leaf = new(0.16f, 0.38f, 0.12f);
    private static readonly Colour Straw = new(0.85f, 0.78f, 0.5f);
    private static readonly Colour Brick = new(0.62f, 0.3f, 0.24f);

    public static Colour At(BackdropKind kind, float x, float y, SubjectLayer layer, ISubject subject) => kind switch
    {
        BackdropKind.Plain => Sky * (0.9f + (0.2f * y / layer.Height)),
        BackdropKind.Busy => Busy(x, y, layer.Unit),
        BackdropKind.Same => subject.Colour * (0.95f + (0.1f * ValueNoise.Octaves(x / 50, y / 50, 4, 21))),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Colour Busy(float x, float y, float unit)
    {
        var foliage = ValueNoise.Octaves(x * 6 / unit, y * 6 / unit, 8, 31);
        var leaves = Colour.Blend(Leaf, Straw, Math.Clamp((foliage - 0.3f) * 2.5f, 0, 1));

        // A wall behind the leaves shows where they are thin.
        var (across, down) = (unit * 0.06f, unit * 0.025f);
        var row = MathF.Floor(y / down);
        var u = ((x / across) + (0.5f * ((int)row & 1))) % 1;
        var v = (y / down) - row;
        var mortar = u < 0.04f || v < 0.08f;
        var wall = mortar ? new Colour(0.75f, 0.72f, 0.68f) : Brick * (0.8f + (0.4f * ValueNoise.At(MathF.Floor((x / across) + (0.5f * ((int)row & 1))), row, 41)));
        return ValueNoise.Octaves(x * 3 / unit, y * 3 / unit, 3, 51) > 0.5f ? wall : leaves;
    }
}
