namespace NeuralMask.Imaging.Tests;

public sealed class SixteenBitTests
{
    [Fact]
    public void Every_value_is_rounded_to_the_nearest()
    {
        for (var y = 0; y < 256; y++)
        {
            var values = Enumerable.Range(y * 256, 256).ToArray();
            var file = PngFile.Write(256, 1, PngFile.Rgb, 16, [[.. values.SelectMany(v => new[] { (byte)0, (byte)0, (byte)(v >> 8), (byte)v, (byte)0, (byte)0 })]]);

            using var read = Draw.Read(file);

            Assert.All(values, (value, x) => Assert.InRange(Draw.At(read, x, 0).G - (value / 257.0), -0.63, 0.63));
        }
    }
}
