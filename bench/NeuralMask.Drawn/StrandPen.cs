namespace NeuralMask.Drawn;

/// <summary>Draws hairs: curved, tapering lines whose cover of a pixel is a ramp of one pixel's width.</summary>
internal sealed class StrandPen(SubjectLayer layer)
{
    private readonly float[] _cover = new float[layer.Width * layer.Height];
    private readonly List<int> _touched = [];

    /// <summary>Draws one hair along a quadratic Bézier curve.</summary>
    /// <param name="root">Where it begins.</param>
    /// <param name="bend">The curve's control point.</param>
    /// <param name="tip">Where it ends.</param>
    /// <param name="width">Width at the root in pixels; the tip has 30 % of it.</param>
    /// <param name="colour">Its colour.</param>
    public void Draw((float X, float Y) root, (float X, float Y) bend, (float X, float Y) tip, float width, Colour colour)
    {
        var length = Distance(root, bend) + Distance(bend, tip);
        var steps = Math.Max(2, (int)(length / 4));
        var from = root;
        for (var i = 1; i <= steps; i++)
        {
            var t = (float)i / steps;
            var to = Along(root, bend, tip, t);
            Stretch(from, to, width * (1 - (0.7f * t)));
            from = to;
        }

        // A hair covers a pixel once, however many of its stretches touch it.
        foreach (var index in _touched)
        {
            layer.Over(index, _cover[index], colour);
            _cover[index] = 0;
        }

        _touched.Clear();
    }

    private static float Distance((float X, float Y) a, (float X, float Y) b) => MathF.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private static (float X, float Y) Along((float X, float Y) root, (float X, float Y) bend, (float X, float Y) tip, float t)
    {
        var (a, b, c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t);
        return ((a * root.X) + (b * bend.X) + (c * tip.X), (a * root.Y) + (b * bend.Y) + (c * tip.Y));
    }

    private void Stretch((float X, float Y) from, (float X, float Y) to, float width)
    {
        // A line thinner than a pixel covers less of it, never a smaller pixel.
        var (reach, full) = ((Math.Max(width, 1) / 2) + 0.5f, Math.Min(width, 1));
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var square = Math.Max((dx * dx) + (dy * dy), 1e-6f);
        var bottom = Math.Min(layer.Height - 1, (int)(Math.Max(from.Y, to.Y) + reach));
        var right = Math.Min(layer.Width - 1, (int)(Math.Max(from.X, to.X) + reach));
        for (var y = Math.Max(0, (int)(Math.Min(from.Y, to.Y) - reach)); y <= bottom; y++)
        {
            for (var x = Math.Max(0, (int)(Math.Min(from.X, to.X) - reach)); x <= right; x++)
            {
                var (px, py) = (x + 0.5f - from.X, y + 0.5f - from.Y);
                var t = Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1);
                var distance = Distance((px, py), (t * dx, t * dy));
                var cover = Math.Clamp(reach - distance, 0, 1) * full;
                var index = (y * layer.Width) + x;
                if (cover <= _cover[index])
                {
                    continue;
                }

                if (_cover[index] == 0)
                {
                    _touched.Add(index);
                }

                _cover[index] = cover;
            }
        }
    }
}
