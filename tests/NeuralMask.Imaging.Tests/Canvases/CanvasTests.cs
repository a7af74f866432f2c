using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class CanvasTests
{
    [Theory]
    [InlineData(4000, 3000, 512, 32, 672, 512)] // 682.7 lies nearer to 672 than to 704
    [InlineData(3000, 4000, 512, 32, 512, 672)]
    [InlineData(10, 10, 512, 32, 512, 512)]
    [InlineData(100, 10_000, 20, 32, 32, 1024)] // never below the multiple, never beyond the canvas
    public void The_short_side_decides(int width, int height, int reference, int multiple, int canvasWidth, int canvasHeight)
    {
        var canvas = new Canvas(CanvasFit.ShortSide, ResizeKernel.Area, 1040, 1040) { MultipleOf = multiple, ReferenceSide = reference };

        Assert.Equal(CanvasPlacement.Whole(canvasWidth, canvasHeight), canvas.Place(width, height));
    }

    [Theory]
    [InlineData(1600, 400, 1024, 256)]
    [InlineData(400, 1600, 256, 1024)]
    [InlineData(333, 500, 682, 1024)]
    [InlineData(30_000, 1, 1024, 1)]
    public void A_letterbox_keeps_the_shape(int width, int height, int placedWidth, int placedHeight) =>
        Assert.Equal(
            new CanvasPlacement(1024, 1024, placedWidth, placedHeight),
            new Canvas(CanvasFit.Letterbox, ResizeKernel.Bilinear, 1024, 1024).Place(width, height));

    [Fact]
    public void The_place_is_always_on_the_canvas()
    {
        foreach (var (width, height, fit, multiple, canvasWidth, canvasHeight) in Cases.Of(Gen.Select(Gen.Int[1, 32_000], Gen.Int[1, 32_000], Gen.Enum<CanvasFit>(), Gen.Int[1, 64], Gen.Int[64, 2048], Gen.Int[64, 2048])))
        {
            var canvas = new Canvas(fit, ResizeKernel.Bilinear, canvasWidth, canvasHeight) { MultipleOf = multiple, ReferenceSide = 512 };
            var place = canvas.Place(width, height);
            Assert.InRange(place.CanvasWidth, 1, canvasWidth);
            Assert.InRange(place.CanvasHeight, 1, canvasHeight);
            Assert.InRange(place.Width, 1, place.CanvasWidth);
            Assert.InRange(place.Height, 1, place.CanvasHeight);
            Assert.True(fit != CanvasFit.ShortSide || (place.Width % multiple == 0 && place.Height % multiple == 0));
        }
    }

    [Fact]
    public void Pixels_have_to_be_of_the_canvas_size() =>
        Assert.Throws<ArgumentException>(() => new CanvasPixels(new byte[5], CanvasPlacement.Whole(2, 1)));
}
