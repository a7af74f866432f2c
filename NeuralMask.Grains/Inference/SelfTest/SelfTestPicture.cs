using System.Numerics;

namespace NeuralMask.Grains.Inference.SelfTest;

/// <summary>
/// A picture that the project draws itself, so that a model can be judged at start without shipping anybody's photo.
/// </summary>
/// <param name="Name"><c>product</c>, <c>hair</c> or <c>glass</c>.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Rgb">8-bit RGB, rows from the top, three bytes a pixel.</param>
/// <param name="Coverage">How much of each pixel is subject, 0..255, as it was drawn.</param>
public sealed record SelfTestPicture(string Name, int Width, int Height, byte[] Rgb, byte[] Coverage)
{
    /// <summary>The three pictures, at the given size in pixels.</summary>
    public static IReadOnlyList<SelfTestPicture> DrawAll(int width, int height) =>
        [Draw("product", width, height, Product), Draw("hair", width, height, Hair), Draw("glass", width, height, Glass)];

    private static SelfTestPicture Draw(string name, int width, int height, Action<Drawing> draw)
    {
        var drawing = new Drawing(width, height);
        draw(drawing);
        drawing.Grain(new Dice(7), 0.02f);
        return new SelfTestPicture(name, width, height, drawing.ToRgb(), drawing.ToCoverage());
    }

    /// <summary>A simple product: a solid red jar with a dark lid and a label on a plain backdrop.</summary>
    private static void Product(Drawing drawing)
    {
        drawing.Backdrop(at => new Vector3(0.86f, 0.88f, 0.9f) - new Vector3(0.08f * at.Y));
        var body = new Vector2(0.5f, 0.58f);
        var half = new Vector2(0.2f, 0.26f);
        drawing.Fill(
            Shapes.Around(body, half),
            at => Shapes.RoundedBox(at, body, half, 0.06f),
            at => new Vector3(0.78f, 0.1f, 0.12f) * Cylinder(at.X, body.X, half.X));
        var label = new Vector2(0.5f, 0.6f);
        var labelHalf = new Vector2(0.2f, 0.11f);
        drawing.Fill(
            Shapes.Around(label, labelHalf),
            at => Shapes.RoundedBox(at, label, labelHalf, 0.005f),
            at => new Vector3(0.95f, 0.9f, 0.72f) * Cylinder(at.X, label.X, labelHalf.X));
        drawing.Fill(
            Shapes.Around(label, new Vector2(0.06f)),
            at => Shapes.Circle(at, label, 0.06f),
            at => new Vector3(0.1f, 0.3f, 0.2f) * Cylinder(at.X, label.X, labelHalf.X));
        var lid = new Vector2(0.5f, 0.27f);
        var lidHalf = new Vector2(0.17f, 0.07f);
        drawing.Fill(
            Shapes.Around(lid, lidHalf),
            at => Shapes.RoundedBox(at, lid, lidHalf, 0.02f),
            at => new Vector3(0.14f, 0.14f, 0.18f) * Cylinder(at.X, lid.X, lidHalf.X));
    }

    /// <summary>Complex hair: a head and shoulders with a thousand strands over a soft, coloured backdrop.</summary>
    private static void Hair(Drawing drawing)
    {
        drawing.Backdrop(at => Vector3.Lerp(new Vector3(0.35f, 0.55f, 0.45f), new Vector3(0.7f, 0.75f, 0.6f), at.Y));
        var head = new Vector2(0.5f, 0.4f);
        var dice = new Dice(20260101);
        for (var i = 0; i < 700; i++)
        {
            Strand(drawing, dice, head, behind: true);
        }

        var shoulders = new Vector2(0.5f, 1.05f);
        drawing.Fill(
            Shapes.Around(shoulders, new Vector2(0.36f, 0.34f)),
            at => Shapes.Ellipse(at, shoulders, new Vector2(0.36f, 0.34f)),
            at => new Vector3(0.2f, 0.25f, 0.55f) * (1.1f - (0.4f * at.Y)));
        var skin = new Vector3(0.87f, 0.67f, 0.55f);
        var neck = new Vector2(0.5f, 0.66f);
        drawing.Fill(Shapes.Around(neck, new Vector2(0.08f, 0.12f)), at => Shapes.RoundedBox(at, neck, new Vector2(0.08f, 0.12f), 0.05f), _ => skin * 0.85f);
        drawing.Fill(
            Shapes.Around(head, new Vector2(0.15f, 0.19f)),
            at => Shapes.Ellipse(at, head, new Vector2(0.15f, 0.19f)),
            at => skin * (1.08f - (0.9f * Math.Abs(at.X - head.X))));
        foreach (var side in new[] { -1f, 1f })
        {
            var eye = head + new Vector2(side * 0.055f, -0.02f);
            drawing.Fill(Shapes.Around(eye, new Vector2(0.025f)), at => Shapes.Ellipse(at, eye, new Vector2(0.024f, 0.012f)), _ => new Vector3(0.95f));
            drawing.Fill(Shapes.Around(eye, new Vector2(0.012f)), at => Shapes.Circle(at, eye, 0.011f), _ => new Vector3(0.15f, 0.1f, 0.08f));
        }

        var mouth = head + new Vector2(0, 0.1f);
        drawing.Fill(Shapes.Around(mouth, new Vector2(0.05f, 0.014f)), at => Shapes.Ellipse(at, mouth, new Vector2(0.045f, 0.012f)), _ => new Vector3(0.7f, 0.3f, 0.3f));
        for (var i = 0; i < 500; i++)
        {
            Strand(drawing, dice, head, behind: false);
        }
    }

    private static void Strand(Drawing drawing, Dice dice, Vector2 head, bool behind)
    {
        // Behind the head strands fall past the chin; in front they part above the brow.
        var angle = MathF.PI * (behind ? dice.Between(-1.05f, 0.05f) : dice.Between(-0.95f, -0.05f));
        var root = head + (new Vector2(MathF.Cos(angle) * 0.14f, MathF.Sin(angle) * 0.17f) * (behind ? 1f : dice.Between(0.92f, 1.08f)));
        var outward = Vector2.Normalize(root - head);
        var fall = behind ? dice.Between(0.02f, 0.055f) : dice.Between(0.004f, 0.02f);
        var step = outward * (behind ? dice.Between(0.012f, 0.03f) : dice.Between(0.004f, 0.012f));
        var tint = dice.Between(0.6f, 1.3f);
        var colour = new Vector3(0.36f, 0.2f, 0.1f) * tint;
        var width = dice.Between(0.0012f, 0.004f);
        var from = root;
        for (var i = 0; i < 8; i++)
        {
            var sway = new Vector2(dice.Between(-0.006f, 0.006f), 0);
            var to = from + step + sway + new Vector2(0, fall * i / 6f);
            drawing.Stroke(from, to, width, colour, 0.9f);
            step *= 0.8f;
            width *= 0.88f;
            from = to;
        }
    }

    /// <summary>Transparent glass: a goblet whose bowl lets the backdrop through, on a lit table.</summary>
    private static void Glass(Drawing drawing)
    {
        drawing.Backdrop(at => at.Y < 0.78f
            ? Vector3.Lerp(new Vector3(0.16f, 0.22f, 0.34f), new Vector3(0.3f, 0.38f, 0.52f), at.Y)
            : Vector3.Lerp(new Vector3(0.42f, 0.28f, 0.18f), new Vector3(0.55f, 0.4f, 0.28f), (at.Y - 0.78f) * 4));
        var light = new Vector3(0.92f, 0.96f, 1f);
        var bowl = new Vector2(0.5f, 0.34f);
        var radii = new Vector2(0.19f, 0.24f);
        float Bowl(Vector2 at) => Math.Max(Shapes.Ellipse(at, bowl, radii), 0.16f - at.Y);
        drawing.Fill(Shapes.Around(bowl, radii), Bowl, at => Vector3.Lerp(new Vector3(0.5f, 0.6f, 0.75f), light, Math.Abs(at.X - bowl.X) * 2), 0.3f);
        drawing.Fill(Shapes.Around(bowl, radii), at => Math.Max(Bowl(at), 0.36f - at.Y), at => new Vector3(0.5f, 0.04f, 0.1f) * (1.3f - at.Y), 0.85f);
        drawing.Fill(Shapes.Around(bowl, radii), at => Math.Abs(Bowl(at)) - 0.004f, _ => light, 0.85f);
        var stem = new Vector2(0.5f, 0.7f);
        drawing.Fill(Shapes.Around(stem, new Vector2(0.012f, 0.14f)), at => Shapes.RoundedBox(at, stem, new Vector2(0.012f, 0.14f), 0.004f), at => light * (0.6f + (15 * Math.Abs(at.X - 0.504f))), 0.75f);
        var foot = new Vector2(0.5f, 0.85f);
        drawing.Fill(Shapes.Around(foot, new Vector2(0.14f, 0.03f)), at => Shapes.Ellipse(at, foot, new Vector2(0.14f, 0.03f)), _ => light * 0.8f, 0.5f);
        drawing.Fill(Shapes.Around(foot, new Vector2(0.14f, 0.03f)), at => Math.Abs(Shapes.Ellipse(at, foot, new Vector2(0.14f, 0.03f))) - 0.003f, _ => light, 0.9f);
        var shine = new Vector2(0.4f, 0.3f);
        drawing.Fill(Shapes.Around(shine, new Vector2(0.015f, 0.09f)), at => Shapes.Ellipse(at, shine, new Vector2(0.012f, 0.09f)), _ => Vector3.One, 0.8f, softness: 0.006f);
    }

    private static float Cylinder(float x, float centre, float half)
    {
        var t = Math.Clamp((x - centre) / half, -1, 1);
        return 1.15f - (0.55f * t * t) + (0.1f * t);
    }
}
