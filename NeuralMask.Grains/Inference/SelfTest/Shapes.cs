using System.Numerics;

namespace NeuralMask.Grains.Inference.SelfTest;

/// <summary>Signed distances in unit coordinates, negative inside.</summary>
internal static class Shapes
{
    public static float RoundedBox(Vector2 at, Vector2 centre, Vector2 half, float radius)
    {
        var q = Vector2.Abs(at - centre) - half + new Vector2(radius);
        return Vector2.Max(q, Vector2.Zero).Length() + Math.Min(Math.Max(q.X, q.Y), 0) - radius;
    }

    public static float Circle(Vector2 at, Vector2 centre, float radius) => Vector2.Distance(at, centre) - radius;

    /// <summary>An ellipse's distance, exact on its axes and close to them elsewhere, which is enough to smooth an edge.</summary>
    public static float Ellipse(Vector2 at, Vector2 centre, Vector2 radii)
    {
        var p = (at - centre) / radii;
        var length = p.Length();
        return (length - 1) * Math.Min(radii.X, radii.Y);
    }

    public static (Vector2 From, Vector2 To) Around(Vector2 centre, Vector2 half) => (centre - half, centre + half);
}
