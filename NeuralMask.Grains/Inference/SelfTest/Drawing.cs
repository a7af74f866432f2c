using System.Numerics;

namespace NeuralMask.Grains.Inference.SelfTest;

/// <summary>
/// A canvas of linear floats on which the self-test pictures are drawn in unit coordinates: plain arithmetic, so that
/// every machine and every release draws the same pixels (a graphics library's smoothing changes between versions).
/// </summary>
internal sealed class Drawing
{
    private readonly Vector3[] _colour;
    private readonly float[] _coverage;

    public Drawing(int width, int height)
    {
        Width = width;
        Height = height;
        _colour = new Vector3[width * height];
        _coverage = new float[width * height];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Gives every pixel its background colour.</summary>
    public void Backdrop(Func<Vector2, Vector3> colour)
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                _colour[(y * Width) + x] = colour(Centre(x, y));
            }
        }
    }

    /// <summary>
    /// Fills where <paramref name="distance"/> (unit coordinates, negative inside) is below zero, smoothed over one
    /// pixel. What is filled as subject counts towards <see cref="ToCoverage"/> by its opacity.
    /// </summary>
    public void Fill(
        (Vector2 From, Vector2 To) bounds,
        Func<Vector2, float> distance,
        Func<Vector2, Vector3> colour,
        float opacity = 1,
        bool subject = true,
        float softness = 0)
    {
        var pixel = 1f / Math.Min(Width, Height);
        var ramp = Math.Max(pixel, softness);
        var (left, right) = (Column(bounds.From.X - ramp), Column(bounds.To.X + ramp));
        var (top, bottom) = (Row(bounds.From.Y - ramp), Row(bounds.To.Y + ramp));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var at = Centre(x, y);
                var share = Math.Clamp(0.5f - (distance(at) / ramp), 0, 1) * opacity;
                if (share > 0)
                {
                    Blend((y * Width) + x, colour(at), share, subject);
                }
            }
        }
    }

    /// <summary>Draws a line from <paramref name="from"/> to <paramref name="to"/>, as wide as <paramref name="width"/> in unit coordinates.</summary>
    public void Stroke(Vector2 from, Vector2 to, float width, Vector3 colour, float opacity)
    {
        var half = new Vector2(width / 2);
        var along = to - from;
        var length = Math.Max(along.LengthSquared(), 1e-9f);
        Fill(
            (Vector2.Min(from, to) - half, Vector2.Max(from, to) + half),
            at =>
            {
                var t = Math.Clamp(Vector2.Dot(at - from, along) / length, 0, 1);
                return Vector2.Distance(at, from + (along * t)) - (width / 2);
            },
            _ => colour,
            opacity);
    }

    /// <summary>Adds a sensor's noise, uniform within <paramref name="amplitude"/> to either side, equal in the three channels: no camera gives a perfectly smooth gradient, and 8-bit networks take fright at one.</summary>
    public void Grain(Dice dice, float amplitude)
    {
        for (var i = 0; i < _colour.Length; i++)
        {
            _colour[i] += new Vector3(dice.Between(-amplitude, amplitude));
        }
    }

    /// <summary>The picture as 8-bit RGB, rows from the top, three bytes a pixel.</summary>
    public byte[] ToRgb()
    {
        var rgb = new byte[_colour.Length * 3];
        for (var i = 0; i < _colour.Length; i++)
        {
            var c = Vector3.Clamp(_colour[i], Vector3.Zero, Vector3.One) * 255f;
            rgb[i * 3] = (byte)(c.X + 0.5f);
            rgb[(i * 3) + 1] = (byte)(c.Y + 0.5f);
            rgb[(i * 3) + 2] = (byte)(c.Z + 0.5f);
        }

        return rgb;
    }

    /// <summary>How much of each pixel is subject, 0..255.</summary>
    public byte[] ToCoverage() => [.. _coverage.Select(share => (byte)((share * 255f) + 0.5f))];

    private void Blend(int index, Vector3 colour, float share, bool subject)
    {
        _colour[index] = Vector3.Lerp(_colour[index], colour, share);
        if (subject)
        {
            _coverage[index] += (1 - _coverage[index]) * share;
        }
    }

    private Vector2 Centre(int x, int y) => new((x + 0.5f) / Width, (y + 0.5f) / Height);

    private int Column(float x) => Math.Clamp((int)(x * Width), 0, Width - 1);

    private int Row(float y) => Math.Clamp((int)(y * Height), 0, Height - 1);
}
