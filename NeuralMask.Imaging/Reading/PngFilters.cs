namespace NeuralMask.Imaging;

/// <summary>Undoes the prediction that a row of a PNG was written with.</summary>
internal static class PngFilters
{
    /// <summary>Turns differences into bytes, in place.</summary>
    /// <param name="filter">The row's filter.</param>
    /// <param name="row">The row without the byte that names its filter.</param>
    /// <param name="above">The row above it, zeros for the first.</param>
    /// <param name="step">Bytes of a pixel.</param>
    /// <returns>False where there is no such filter.</returns>
    public static bool Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        above = above[..row.Length];
        switch (filter)
        {
            case 0:
                break;
            case 1:
                Sub(row, step);
                break;
            case 2:
                Up(row, above);
                break;
            case 3:
                Average(row, above, step);
                break;
            case 4:
                Paeth(row, above, step);
                break;
            default:
                return false;
        }

        return true;
    }

    private static void Sub(Span<byte> row, int step)
    {
        var left = row[..^step];
        var rest = row[step..];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] += left[i];
        }
    }

    private static void Up(Span<byte> row, ReadOnlySpan<byte> above)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] += above[i];
        }
    }

    private static void Average(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        for (var i = 0; i < step; i++)
        {
            row[i] += (byte)(above[i] / 2);
        }

        var left = row[..^step];
        var rest = row[step..];
        var up = above.Slice(step, rest.Length);
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] += (byte)((left[i] + up[i]) / 2);
        }
    }

    private static void Paeth(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        Up(row[..step], above);
        var left = row[..^step];
        var rest = row[step..];
        var up = above.Slice(step, rest.Length);
        var corner = above[..rest.Length];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] += Nearest(left[i], up[i], corner[i]);
        }
    }

    // Whichever neighbour is nearest to left + up − corner; left before up before the corner.
    private static byte Nearest(int left, int up, int corner)
    {
        var fromLeft = Math.Abs(up - corner);
        var fromUp = Math.Abs(left - corner);
        var fromCorner = Math.Abs(left + up - corner - corner);
        return (byte)(fromLeft <= fromUp && fromLeft <= fromCorner ? left : fromUp <= fromCorner ? up : corner);
    }
}
