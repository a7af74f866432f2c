namespace NeuralMask.Drawn;

/// <summary>
/// A subject in the making: alpha and its own colour, not mixed with any background, at every pixel.
/// </summary>
internal sealed class SubjectLayer(int width, int height)
{
    private readonly float[] _alpha = new float[width * height];
    private readonly Colour[] _colours = new Colour[width * height];

    public int Width => width;

    public int Height => height;

    /// <summary>The shorter side: what shapes are measured in. Threads and hairs are measured in pixels.</summary>
    public float Unit => Math.Min(width, height);

    public float Alpha(int index) => _alpha[index];

    public Colour Colour(int index) => _colours[index];

    /// <summary>Lays more of the subject over a pixel: Porter and Duff's "over".</summary>
    /// <param name="index">Row × width + column.</param>
    /// <param name="alpha">Cover of the pixel, 0 to 1.</param>
    /// <param name="colour">Colour of what covers.</param>
    public void Over(int index, float alpha, Colour colour)
    {
        if (alpha <= 0)
        {
            return;
        }

        var below = _alpha[index] * (1 - alpha);
        var sum = alpha + below;
        _colours[index] = Drawn.Colour.Blend(_colours[index], colour, alpha / sum);
        _alpha[index] = sum;
    }

    /// <summary>Lays a shape that is given by a function.</summary>
    /// <param name="cover">Cover of the pixel whose centre lies there, 0 to 1 (or beyond, which is cut).</param>
    /// <param name="colour">Colour there.</param>
    public void Lay(Func<float, float, float> cover, Func<float, float, Colour> colour)
    {
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var alpha = Math.Clamp(cover(x + 0.5f, y + 0.5f), 0, 1);
                if (alpha > 0)
                {
                    Over((y * width) + x, alpha, colour(x + 0.5f, y + 0.5f));
                }
            }
        }
    }
}
