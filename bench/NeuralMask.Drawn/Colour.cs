namespace NeuralMask.Drawn;

/// <summary>A colour in sRGB, each part from 0 to 1.</summary>
internal readonly record struct Colour(float R, float G, float B)
{
    public static Colour operator +(Colour a, Colour b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public static Colour operator *(Colour a, float factor) => new(a.R * factor, a.G * factor, a.B * factor);

    public static Colour Blend(Colour from, Colour to, float share) => (from * (1 - share)) + (to * share);
}
