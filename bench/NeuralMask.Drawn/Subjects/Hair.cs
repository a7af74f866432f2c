namespace NeuralMask.Drawn;

/// <summary>A head with long, loose, dark hair: strands of one to three pixels, single at their tips.</summary>
internal sealed class Hair : ISubject
{
    private const int Strands = 1_100;

    public Colour Colour => new(0.21f, 0.14f, 0.09f);

    public void Draw(SubjectLayer layer, DrawnDice dice)
    {
        var head = new Ellipse(layer.Width * 0.5f, layer.Height * 0.55f, layer.Unit * 0.2f, layer.Unit * 0.25f);
        layer.Lay(head.Cover, (x, y) => Colour * (0.85f + (0.3f * ValueNoise.At(x / 9, y / 60, 5))));
        var pen = new StrandPen(layer);
        for (var i = 0; i < Strands; i++)
        {
            var angle = dice.Between(-MathF.PI, MathF.PI);
            var length = layer.Unit * dice.Between(0.04f, 0.2f);
            var root = head.At(angle, dice.Between(0.8f, 0.98f));
            var (x, y) = (MathF.Cos(angle), MathF.Sin(angle));
            var bend = (root.X + (x * length * 0.6f) + (layer.Unit * dice.Between(-0.03f, 0.03f)), root.Y + (y * length * 0.6f));
            var turned = angle + dice.Between(-0.8f, 0.8f);
            var tip = (root.X + (MathF.Cos(turned) * length), root.Y + (MathF.Sin(turned) * length) + (length * 0.2f));
            pen.Draw(root, bend, tip, dice.Between(1, 3.2f), Colour * dice.Between(0.6f, 1.7f));
        }
    }
}
