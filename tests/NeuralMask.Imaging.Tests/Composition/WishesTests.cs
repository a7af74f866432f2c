using System.Globalization;
using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class WishesTests
{
    [Theory]
    [InlineData("0", 0, 0, 0, 0)]
    [InlineData("30px", 30, 30, 30, 30)]
    [InlineData("30", 30, 30, 30, 30)]
    [InlineData("10%", 20, 10, 20, 10)]
    [InlineData("10% 4px", 20, 4, 20, 4)]
    [InlineData(" 1px  2PX\t3px 25% ", 1, 2, 3, 25)]
    [InlineData("2.5%", 5, 2, 5, 2)]
    [InlineData("50%", 100, 50, 100, 50)]
    [InlineData("90%", 100, 50, 100, 50)]
    [InlineData("501px", 500, 500, 500, 500)]
    public void A_crop_margin_has_one_two_or_four_lengths_in_the_order_of_css(string text, int top, int right, int bottom, int left)
    {
        // Around a subject of 100 × 200 at (600, 600).
        var layout = Layout.Of(2000, 2000, new PixelBox(600, 600, 100, 200), new LayoutWishes { Crop = CropMargin.Parse(text) });

        Assert.Equal((100 + left + right, 200 + top + bottom), (layout.Width, layout.Height));
        Assert.Equal(new PixelBox(600 - left, 600 - top, layout.Width, layout.Height), layout.Source);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("1 2 3")]
    [InlineData("1 2 3 4 5")]
    [InlineData("-1px")]
    [InlineData("1em")]
    [InlineData("10 %")]
    [InlineData("px")]
    [InlineData("%")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("9999999")]
    [InlineData("1,5")]
    public void Lengths_that_are_none_are_refused(string text)
    {
        AssertRefused(CompositionFault.InvalidCropMargin, () => CropMargin.Parse(text));
        AssertRefused(CompositionFault.InvalidRegion, () => RegionOfInterest.Parse(text));
        AssertRefused(CompositionFault.InvalidScale, () => SubjectScale.Parse(text));
        AssertRefused(CompositionFault.InvalidPosition, () => SubjectPosition.Parse(text));
    }

    [Theory]
    [InlineData("original", null)]
    [InlineData("Original", null)]
    [InlineData("10%", 0.1)]
    [InlineData("62.5%", 0.625)]
    [InlineData("100%", 1.0)]
    public void A_scale_is_original_or_a_share(string text, double? share) => Assert.Equal(share, SubjectScale.Parse(text).Share);

    [Theory]
    [InlineData("9%")]
    [InlineData("101%")]
    [InlineData("50")]
    [InlineData("50px")]
    [InlineData("50% 50%")]
    public void A_scale_out_of_range_is_refused(string text) => AssertRefused(CompositionFault.InvalidScale, () => SubjectScale.Parse(text));

    [Theory]
    [InlineData("original", null, null)]
    [InlineData("center", 0.5, 0.5)]
    [InlineData("CENTER", 0.5, 0.5)]
    [InlineData("20%", 0.2, 0.2)]
    [InlineData("0% 100%", 0.0, 1.0)]
    public void A_position_is_a_word_or_one_or_two_shares(string text, double? across, double? down) =>
        Assert.Equal(new SubjectPosition(across, down), SubjectPosition.Parse(text));

    [Theory]
    [InlineData("101%")]
    [InlineData("10px 20px")]
    [InlineData("10% 20% 30%")]
    [InlineData("left")]
    public void A_position_out_of_range_is_refused(string text) => AssertRefused(CompositionFault.InvalidPosition, () => SubjectPosition.Parse(text));

    [Theory]
    [InlineData("0% 0% 100% 100%", 0, 0, 300, 200)]
    [InlineData("0 0 100% 100%", 0, 0, 300, 200)] // as a Python client sends it
    [InlineData("10 20 110 70", 10, 20, 100, 50)]
    [InlineData("10px 10% 50% 50%", 10, 20, 140, 80)]
    [InlineData("110 70 10 20", 10, 20, 100, 50)]
    public void A_region_has_two_corners(string text, int left, int top, int width, int height) =>
        Assert.Equal(new PixelBox(left, top, width, height), RegionOfInterest.Parse(text).In(300, 200));

    [Theory]
    [InlineData("0 0 301 200", CompositionFault.RegionExceedsBounds)]
    [InlineData("0 0 10 101%", CompositionFault.RegionExceedsBounds)]
    [InlineData("10 10 10 20", CompositionFault.RegionEmpty)]
    [InlineData("50% 50% 50% 50%", CompositionFault.RegionEmpty)]
    [InlineData("0 0 0.2px 100%", CompositionFault.RegionEmpty)]
    public void A_region_has_to_hold_a_part_of_the_picture(string text, CompositionFault fault) =>
        AssertRefused(fault, () => RegionOfInterest.Parse(text).In(300, 200));

    [Fact]
    public void Every_region_in_shares_lies_in_every_picture()
    {
        foreach (var (a, b, c, d, width, height) in Cases.Of(Gen.Select(Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0, 100], Gen.Int[200, 9000], Gen.Int[200, 9000])))
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{a:0.##}% {b:0.##}% {Math.Min(100, c + 1):0.##}% {Math.Min(100, d + 1):0.##}%");
            try
            {
                var box = RegionOfInterest.Parse(text).In(width, height);
                Assert.True(PixelBox.Whole(width, height).Contains(box) && box is { Width: > 0, Height: > 0 }, text);
            }
            catch (CompositionException refusal)
            {
                Assert.Equal(CompositionFault.RegionEmpty, refusal.Fault);
            }
        }
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("55", 0.55)]
    [InlineData("100%", 1)]
    public void A_shadows_opacity_is_a_number_to_a_hundred(string text, double share) => Assert.Equal(share, ShadowOpacity.Parse(text).Share);

    [Theory]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("10px")]
    [InlineData("dark")]
    [InlineData("")]
    public void A_shadows_opacity_out_of_range_is_refused(string text) => AssertRefused(CompositionFault.InvalidShadowOpacity, () => ShadowOpacity.Parse(text));

    private static void AssertRefused(CompositionFault fault, Func<object> parse)
    {
        var refusal = Assert.Throws<CompositionException>(() => { _ = parse(); });
        Assert.Equal(fault, refusal.Fault);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }
}
