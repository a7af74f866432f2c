using System.Globalization;
using System.Reflection;
using CsCheck;
using SkiaSharp;

namespace NeuralMask.Imaging.Tests;

public sealed class BackgroundColourTests
{
    [Theory]
    [InlineData("81d4fa", 0x81, 0xD4, 0xFA, 255)]
    [InlineData("#81D4FA77", 0x81, 0xD4, 0xFA, 0x77)]
    [InlineData("fff", 255, 255, 255, 255)]
    [InlineData("#12a8", 0x11, 0x22, 0xAA, 0x88)]
    [InlineData("Green", 0, 128, 0, 255)]
    [InlineData("REBECCAPURPLE", 0x66, 0x33, 0x99, 255)]
    [InlineData("LightGoldenRodYellow", 0xFA, 0xFA, 0xD2, 255)]
    [InlineData("darkseagreen", 0x8F, 0xBC, 0x8F, 255)]
    [InlineData("transparent", 0, 0, 0, 0)]
    [InlineData(" white ", 255, 255, 255, 255)]
    public void Reads(string text, byte red, byte green, byte blue, byte alpha)
    {
        Assert.True(BackgroundColour.TryParse(text, out var colour));
        Assert.Equal(new BackgroundColour(red, green, blue, alpha), colour);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("12")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("123456789")]
    [InlineData("ggg")]
    [InlineData("##fff")]
    [InlineData("0xfff")]
    [InlineData("+ff")]
    [InlineData("f f")]
    [InlineData("#red")]
    [InlineData("rgb(1,2,3)")]
    [InlineData("grün")]
    public void Refuses(string text)
    {
        Assert.False(BackgroundColour.TryParse(text, out var colour));
        Assert.Equal(default, colour);
    }

    [Fact]
    public void Eight_digits_say_every_colour()
    {
        foreach (var value in Cases.Of(Gen.UInt))
        {
            var text = value.ToString(value % 2 == 0 ? "x8" : "X8", CultureInfo.InvariantCulture);
            Assert.True(BackgroundColour.TryParse(text, out var colour));
            Assert.Equal(value, ((uint)colour.Red << 24) | ((uint)colour.Green << 16) | ((uint)colour.Blue << 8) | colour.Alpha);
        }
    }

    [Fact]
    public void Names_mean_what_they_mean_elsewhere()
    {
        // The codec's table, like .NET's own, has DarkSeaGreen as #8FBC8B; in CSS it is #8FBC8F.
        var known = typeof(SKColors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(SKColor) && field.Name is not ("Transparent" or "Empty" or "DarkSeaGreen"))
            .ToList();
        Assert.True(known.Count > 130);
        foreach (var field in known)
        {
            var expected = (SKColor)field.GetValue(null)!;
            Assert.True(BackgroundColour.TryParse(field.Name, out var colour), field.Name);
            Assert.Equal(new BackgroundColour(expected.Red, expected.Green, expected.Blue, 255), colour);
        }
    }
}
