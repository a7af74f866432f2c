using System.IO.Compression;

namespace NeuralMask.Imaging;

/// <summary>
/// A result as colour and alpha apart, which is the smallest form of a large cut-out: a ZIP archive of exactly
/// <c>color.jpg</c> and then <c>alpha.png</c>, both of the picture's size, stored as they are.
/// </summary>
public static class ZipEncoder
{
    private const int ArchiveOverhead = 512;

    // The oldest time that the format knows: the same picture gives the same bytes.
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Encodes both and puts them together.</summary>
    /// <param name="picture">
    /// The picture; not changed. Its colour is written without regard to alpha: lay the mask with
    /// <see cref="HiddenColour.Kept"/>, or the background is black and bleeds into the edge.
    /// </param>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    /// <param name="cancellationToken">Seen before each file.</param>
    public static EncodedFile Zip(Picture picture, int quality, CancellationToken cancellationToken)
    {
        using var colour = PictureEncoder.ColourJpeg(picture, quality, cancellationToken);
        using var alpha = PictureEncoder.AlphaPng(picture, cancellationToken);

        var file = new MemoryStream(colour.Bytes.Length + alpha.Bytes.Length + ArchiveOverhead);
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Store(archive, "color.jpg", colour.Bytes.Span);
            Store(archive, "alpha.png", alpha.Bytes.Span);
        }

        return new EncodedFile(file.GetBuffer().AsMemory(0, (int)file.Length), owner: null);
    }

    private static void Store(ZipArchive archive, string name, ReadOnlySpan<byte> bytes)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = Timeless;
        using var content = entry.Open();
        content.Write(bytes);
    }
}
