using System.Text;

namespace NeuralMask.Imaging.Tests;

public sealed class FileSignatureTests
{
    [Theory]
    [InlineData("II*\0\u0008\0\0\0", "TIFF", true)]
    [InlineData("MM\0*\0\0\0\u0008", "TIFF", true)]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "HEIC", true)]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0mif1avif", "AVIF", true)]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0mif1miaf", "AVIF", true)]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0isomavc1", "an MP4 film", false)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG", true)]
    [InlineData("<?xml version='1.0'?>\n<svg/>", "SVG", true)]
    [InlineData("<?xml version='1.0'?><note/>", "an XML document", false)]
    [InlineData("%PDF-1.7\n", "a PDF", false)]
    [InlineData("  <!DOCTYPE html><html>", "an HTML page", false)]
    [InlineData("<html lang=en>", "an HTML page", false)]
    [InlineData("{\"error\": 1}", "JSON", false)]
    [InlineData("just words", "text", false)]
    [InlineData("BM is how this text begins, oddly enough", "text", false)]
    [InlineData("PK\u0003\u0004", "a ZIP archive", false)]
    [InlineData("RIFF\u0010\0\0\0WAVEfmt ", "a WAV sound", false)]
    [InlineData("\u0001\u0002\u0003", "bytes of an unknown kind", false)]
    [InlineData("", "an empty file", false)]
    public void Names_what_it_finds(string content, string name, bool isPicture)
    {
        var signature = FileSignature.Sniff(Encoding.Latin1.GetBytes(content));

        Assert.Equal((name, isPicture, null), (signature.Name, signature.IsPicture, signature.Format));
    }

    [Fact]
    public void Knows_the_formats_that_are_read()
    {
        using var picture = Draw.Gradient(8, 8);

        Assert.Equal(PictureFormat.Jpeg, FileSignature.Sniff(Draw.Jpeg(picture)).Format);
        Assert.Equal(PictureFormat.Png, FileSignature.Sniff(Draw.Png(picture)).Format);
        Assert.Equal(PictureFormat.WebP, FileSignature.Sniff(Draw.WebP(picture)).Format);
        Assert.Equal(PictureFormat.Gif, FileSignature.Sniff("GIF89a"u8).Format);
        Assert.Equal(PictureFormat.Bmp, FileSignature.Sniff(BmpFile.Write(1, 24, [[1, 2, 3]])).Format);
    }
}
