namespace NeuralMask.Drawn;

/// <summary>An upright ellipse: the solid part of most subjects.</summary>
internal readonly record struct Ellipse(float X, float Y, float Across, float Down)
{
    /// <summary>0 at the centre, 1 on the rim.</summary>
    public float Radius(float x, float y) =>
        MathF.Sqrt(((x - X) * (x - X) / (Across * Across)) + ((y - Y) * (y - Y) / (Down * Down)));

    /// <summary>Cover of a pixel by the ellipse: the distance to the rim is that along the radius, near enough.</summary>
    public float Cover(float x, float y) => ((1 - Radius(x, y)) * Math.Min(Across, Down)) + 0.5f;

    /// <summary>A place on the rim, or inside of it.</summary>
    public (float X, float Y) At(float angle, float radius) =>
        (X + (Across * radius * MathF.Cos(angle)), Y + (Down * radius * MathF.Sin(angle)));
}
