using System.Runtime.InteropServices;

namespace NeuralMask.Imaging;

/// <summary>The smallest rectangle that holds what can be seen of a picture, in pixels from its top left corner.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
public readonly record struct ForegroundBox(int Left, int Top, int Width, int Height)
{
    /// <summary>Alpha up to which a pixel counts as nothing: 5 % of full, below which nobody sees a veil.</summary>
    public const byte DefaultThreshold = 12;

    /// <summary>Finds the box; null where no pixel has an alpha above the threshold.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="threshold">Alpha, 0 to 254, that is not yet seen.</param>
    /// <param name="cancellationToken">Seen once a row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is 255.</exception>
    public static ForegroundBox? Of(Picture picture, byte threshold, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfEqual(threshold, byte.MaxValue);

        // Alpha is the highest byte, so that alpha above the threshold is the number at or above this one.
        var visible = (uint)(threshold + 1) << 24;
        var pixels = MemoryMarshal.Cast<byte, uint>(picture.Reading);
        int left = picture.Width, right = -1, top = -1, bottom = -1;
        for (var y = 0; y < picture.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = pixels.Slice(y * picture.Width, picture.Width);
            var first = row.IndexOfAnyInRange(visible, uint.MaxValue);
            if (first < 0)
            {
                continue;
            }

            left = Math.Min(left, first);
            right = Math.Max(right, row.LastIndexOfAnyInRange(visible, uint.MaxValue));
            top = top < 0 ? y : top;
            bottom = y;
        }

        return right < 0 ? null : new ForegroundBox(left, top, right - left + 1, bottom - top + 1);
    }
}
