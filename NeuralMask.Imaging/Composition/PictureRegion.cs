using System.Runtime.InteropServices;

namespace NeuralMask.Imaging;

/// <summary>Takes a region out of a picture, so that a network sees it larger, and puts it back.</summary>
public static class PictureRegion
{
    private const uint ColourBits = 0x00FF_FFFF;

    /// <summary>Copies a region.</summary>
    /// <param name="picture">The picture; not changed.</param>
    /// <param name="region">The region: within the picture, at least one pixel.</param>
    /// <param name="cancellationToken">Seen once a row.</param>
    /// <returns>The region as a picture, of which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The region does not lie within the picture.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Picture Take(Picture picture, PixelBox region, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Check(picture, region);
        var part = new Picture(region.Width, region.Height);
        try
        {
            Copy(picture, region, part, 0, 0, cancellationToken);
            part.IsOpaqueIfKnown = picture.IsOpaqueIfKnown is true ? true : null;
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    /// <summary>Puts a region back, in place; what lies outside is background, and becomes transparent.</summary>
    /// <param name="picture">The picture that the region was taken from; changed.</param>
    /// <param name="part">The region, of the same size as before.</param>
    /// <param name="region">Where it was.</param>
    /// <param name="hidden">What becomes of the colour outside.</param>
    /// <param name="cancellationToken">Seen once a row; a picture that was cancelled is changed in part.</param>
    /// <exception cref="ArgumentException">The region does not lie within the picture, or the part has another size.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void PutBack(Picture picture, Picture part, PixelBox region, HiddenColour hidden, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(part);
        Check(picture, region);
        if (part.Width != region.Width || part.Height != region.Height)
        {
            throw new ArgumentException($"The part has {part.Width} × {part.Height} pixels, and the region {region.Width} × {region.Height}.", nameof(part));
        }

        var pixels = MemoryMarshal.Cast<byte, uint>(picture.Pixels);
        for (var y = 0; y < picture.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = pixels.Slice(y * picture.Width, picture.Width);
            var inside = y >= region.Top && y < region.Bottom;
            Hide(row[..(inside ? region.Left : row.Length)], hidden);
            Hide(row[(inside ? region.Right : row.Length)..], hidden);
        }

        Copy(part, PixelBox.Whole(part.Width, part.Height), picture, region.Left, region.Top, cancellationToken);
    }

    /// <summary>Copies a rectangle that lies within both pictures.</summary>
    internal static void Copy(Picture from, PixelBox box, Picture to, int left, int top, CancellationToken cancellationToken)
    {
        var source = MemoryMarshal.Cast<byte, uint>(from.Reading);
        var target = MemoryMarshal.Cast<byte, uint>(to.Pixels);
        for (var y = 0; y < box.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            source.Slice(((box.Top + y) * from.Width) + box.Left, box.Width).CopyTo(target[(((top + y) * to.Width) + left)..]);
        }
    }

    private static void Hide(Span<uint> pixels, HiddenColour hidden)
    {
        if (hidden == HiddenColour.Cleared)
        {
            pixels.Clear();
            return;
        }

        foreach (ref var pixel in pixels)
        {
            pixel &= ColourBits;
        }
    }

    private static void Check(Picture picture, PixelBox region)
    {
        if (region.Width < 1 || region.Height < 1 || !PixelBox.Whole(picture.Width, picture.Height).Contains(region))
        {
            throw new ArgumentException($"The region {region} does not lie within {picture.Width} × {picture.Height} pixels.", nameof(region));
        }
    }
}
