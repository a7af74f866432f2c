namespace NeuralMask.Imaging;

/// <summary>The largest connected piece of a picture of yes and no; neighbours share a side.</summary>
internal static class LargestPiece
{
    /// <summary>Clears everything but the largest piece; of equal ones the first in reading order stays.</summary>
    /// <param name="set">Rows from the top; changed in place.</param>
    /// <param name="width">Pixels of a row.</param>
    public static void Keep(Span<bool> set, int width)
    {
        var piece = new int[set.Length];
        var waiting = new Stack<int>();
        int pieces = 0, largest = 0, best = 0;
        for (var start = 0; start < set.Length; start++)
        {
            if (!set[start] || piece[start] != 0)
            {
                continue;
            }

            var size = Fill(set, width, start, ++pieces, piece, waiting);
            if (size > best)
            {
                (largest, best) = (pieces, size);
            }
        }

        for (var i = 0; i < set.Length; i++)
        {
            set[i] = set[i] && piece[i] == largest;
        }
    }

    private static int Fill(ReadOnlySpan<bool> set, int width, int start, int number, int[] piece, Stack<int> waiting)
    {
        var size = 0;
        piece[start] = number;
        waiting.Push(start);
        while (waiting.TryPop(out var at))
        {
            size++;
            var x = at % width;
            Visit(set, x > 0, at - 1, number, piece, waiting);
            Visit(set, x < width - 1, at + 1, number, piece, waiting);
            Visit(set, at >= width, at - width, number, piece, waiting);
            Visit(set, at + width < set.Length, at + width, number, piece, waiting);
        }

        return size;
    }

    private static void Visit(ReadOnlySpan<bool> set, bool exists, int at, int number, int[] piece, Stack<int> waiting)
    {
        if (exists && set[at] && piece[at] == 0)
        {
            piece[at] = number;
            waiting.Push(at);
        }
    }
}
