using System.Runtime.InteropServices;

namespace NeuralMask.Imaging;

/// <summary>Brings stored rows into the position in which the picture is displayed.</summary>
internal static class Turning
{
    // A block's row is one cache line; a block of the source and one of the target fit the first-level cache together.
    private const int Block = 16;

    /// <summary>
    /// Turns the picture. Mirroring happens in place; where rows become columns a second picture is made and the first
    /// disposed of.
    /// </summary>
    /// <param name="stored">The picture as stored; taken over, except where this throws.</param>
    /// <param name="orientation">How it lies.</param>
    /// <param name="cancellationToken">Seen once a row of blocks.</param>
    public static Picture Apply(Picture stored, PictureOrientation orientation, CancellationToken cancellationToken)
    {
        switch (orientation)
        {
            case PictureOrientation.TopLeft:
                return stored;
            case PictureOrientation.TopRight:
                MirrorRows(stored);
                break;
            case PictureOrientation.BottomRight:
                Reverse(stored);
                break;
            case PictureOrientation.BottomLeft:
                SwapRows(stored);
                break;
            default:
                return Transpose(stored, orientation, cancellationToken);
        }

        return stored;
    }

    private static void MirrorRows(Picture picture) => Rewrite(picture, static (pixels, width, height) =>
    {
        for (var y = 0; y < height; y++)
        {
            pixels.Slice(y * width, width).Reverse();
        }
    });

    private static void Reverse(Picture picture) => Rewrite(picture, static (pixels, _, _) => pixels.Reverse());

    private static void SwapRows(Picture picture) => Rewrite(picture, static (pixels, width, height) =>
    {
        var spare = new uint[width];
        for (var y = 0; y < height / 2; y++)
        {
            var upper = pixels.Slice(y * width, width);
            var lower = pixels.Slice((height - 1 - y) * width, width);
            upper.CopyTo(spare);
            lower.CopyTo(upper);
            spare.CopyTo(lower);
        }
    });

    private static void Rewrite(Picture picture, Action<Span<uint>, int, int> change)
    {
        var opaque = picture.IsOpaqueIfKnown;
        change(MemoryMarshal.Cast<byte, uint>(picture.Pixels), picture.Width, picture.Height);
        picture.IsOpaqueIfKnown = opaque;
    }

    private static Picture Transpose(Picture stored, PictureOrientation orientation, CancellationToken cancellationToken)
    {
        var turned = new Picture(stored.Height, stored.Width);
        try
        {
            var mirrorX = orientation is PictureOrientation.RightTop or PictureOrientation.RightBottom;
            var mirrorY = orientation is PictureOrientation.RightBottom or PictureOrientation.LeftBottom;
            var source = MemoryMarshal.Cast<byte, uint>(stored.Reading);
            var target = MemoryMarshal.Cast<byte, uint>(turned.Pixels);
            for (var top = 0; top < turned.Height; top += Block)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var left = 0; left < turned.Width; left += Block)
                {
                    TransposeBlock(source, target, turned.Width, turned.Height, left, top, mirrorX, mirrorY);
                }
            }

            turned.IsOpaqueIfKnown = stored.IsOpaqueIfKnown;
            stored.Dispose();
            return turned;
        }
        catch
        {
            turned.Dispose();
            throw;
        }
    }

    // Width and height are the target's; the source's rows have the target's height as their length.
    private static void TransposeBlock(
        ReadOnlySpan<uint> source, Span<uint> target, int width, int height, int left, int top, bool mirrorX, bool mirrorY)
    {
        var right = Math.Min(left + Block, width);
        var bottom = Math.Min(top + Block, height);
        for (var y = top; y < bottom; y++)
        {
            var column = mirrorY ? height - 1 - y : y;
            var row = target.Slice(y * width, width);
            var step = mirrorX ? -height : height;
            var from = ((mirrorX ? width - 1 - left : left) * height) + column;
            for (var x = left; x < right; x++)
            {
                row[x] = source[from];
                from += step;
            }
        }
    }
}
