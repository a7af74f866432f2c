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
                for (var i = step; i < row.Length; i++)
                {
                    row[i] += row[i - step];
                }

                break;
            case 2:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < step ? 0 : row[i - step]) + above[i]) / 2);
                }

                break;
            case 4:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += i < step ? above[i] : Paeth(row[i - step], above[i], above[i - step]);
                }

                break;
            default:
                return false;
        }

        return true;
    }

    // Whichever neighbour is nearest to left + up − corner; left before up before the corner.
    private static byte Paeth(byte left, byte up, byte corner)
    {
        var fromLeft = Math.Abs(up - corner);
        var fromUp = Math.Abs(left - corner);
        var fromCorner = Math.Abs(left + up - corner - corner);
        return fromLeft <= fromUp && fromLeft <= fromCorner ? left : fromUp <= fromCorner ? up : corner;
    }
}
