namespace NeuralMask.Drawn;

/// <summary>A light, furry ball: short, dense hairs, every one of another shade.</summary>
internal sealed class Fur : ISubject
{
    private const int Hairs = 7_000;

    public Colour Colour => new(0.78f, 0.62f, 0.42f);

    public void Draw(SubjectLayer layer, DrawnDice dice)
    {
        var body = new Ellipse(layer.Width * 0.5f, layer.Height * 0.5f, layer.Unit * 0.34f, layer.Unit * 0.3f);
        layer.Lay(body.Cover, (x, y) => Colour * (0.75f + (0.4f * ValueNoise.Octaves(x / 40, y / 40, 4, 8))));
        var pen = new StrandPen(layer);
        for (var i = 0; i < Hairs; i++)
        {
            var angle = dice.Between(-MathF.PI, MathF.PI);
            var root = body.At(angle, dice.Between(0.93f, 1));
            var length = layer.Unit * dice.Between(0.01f, 0.05f);
            var turned = angle + dice.Between(-0.5f, 0.9f);
            var bend = (root.X + (MathF.Cos(angle) * length * 0.5f), root.Y + (MathF.Sin(angle) * length * 0.5f));
            var tip = (root.X + (MathF.Cos(turned) * length), root.Y + (MathF.Sin(turned) * length));
            pen.Draw(root, bend, tip, dice.Between(1, 2.6f), Colour * dice.Between(0.7f, 1.2f));
        }
    }
}
