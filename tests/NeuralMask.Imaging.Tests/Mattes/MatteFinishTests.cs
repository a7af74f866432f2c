using CsCheck;
using NeuralMask.Drawn;

namespace NeuralMask.Imaging.Tests;

public sealed class MatteFinishTests
{
    [Fact]
    public void Alpha_never_rises_and_hidden_colour_is_cleared()
    {
        foreach (var (width, height, side, seed) in Cases.Of(Gen.Select(Gen.Int[1, 120], Gen.Int[1, 90], Gen.Int[1, 40], Gen.Int[0, 99]), 80))
        {
            using var picture = Draw.Noise(width, height, seed);
            using var before = picture.Copy();

            MatteFinish.Apply(picture, EdgeRefinementTests.Soft(side, side, seed), CanvasPlacement.Whole(side, side), new FinishOptions(), CancellationToken.None);

            for (var i = 0; i < picture.Pixels.Length; i += 4)
            {
                Assert.True(picture.Pixels[i + 3] <= before.Pixels[i + 3]);
                if (picture.Pixels[i + 3] == 0)
                {
                    Assert.Equal([0, 0, 0], picture.Pixels.Slice(i, 3).ToArray());
                }
            }
        }
    }

    [Fact]
    public void Without_any_step_it_is_the_layer()
    {
        using var finished = Draw.Noise(90, 70, 1);
        using var laid = finished.Copy();
        var mask = EdgeRefinementTests.Soft(90, 70, 5);

        MatteFinish.Apply(finished, mask, CanvasPlacement.Whole(9, 7), new FinishOptions { Edges = false, Snap = false, Foreground = false }, CancellationToken.None);
        MatteLayer.Apply(laid, mask, CanvasPlacement.Whole(9, 7), CancellationToken.None);

        Assert.Equal(laid.Pixels.ToArray(), finished.Pixels.ToArray());
    }

    [Fact]
    public void White_before_white_stays_white()
    {
        using var picture = Draw.Of(400, 300, (_, _) => (253, 253, 253, 255));
        MatteFinish.Apply(picture, EdgeRefinementTests.Soft(100, 100, 7), CanvasPlacement.Whole(100, 100), new FinishOptions(), CancellationToken.None);
        Backdrop.Lay(picture, BackgroundColour.White, CancellationToken.None);

        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            Assert.InRange(picture.Pixels[i], 251, 255);
        }
    }

    [Fact]
    public void What_is_nearly_solid_becomes_solid()
    {
        using var picture = Draw.Gradient(3, 1);
        MatteFinish.Apply(picture, new Mask([5, 128, 250], 3, 1), CanvasPlacement.Whole(3, 1), new FinishOptions(), CancellationToken.None);

        Assert.Equal([0, 128, 255], Enumerable.Range(0, 3).Select(x => Draw.At(picture, x, 0).A));
        Assert.Equal([0, 6, 249, 255, 255], AlphaSnap.Apply(new Mask([5, 6, 249, 250, 255], 5, 1)).Alpha.ToArray());
    }

    [Fact]
    public void Colour_can_be_kept_under_what_was_removed()
    {
        using var picture = Draw.Gradient(60, 40);
        using var before = picture.Copy();
        MatteFinish.Apply(picture, new Mask(new byte[4], 2, 2), CanvasPlacement.Whole(2, 2), new FinishOptions { HiddenColour = HiddenColour.Kept }, CancellationToken.None);

        Assert.Equal(Draw.At(before, 30, 20) with { A = 0 }, Draw.At(picture, 30, 20));
    }

    [Fact]
    public void Uncertainty_is_the_undecided_share_of_what_is_seen()
    {
        Assert.Equal(0, MaskUncertainty.Of(new Mask([0, 255, 255, 0], 2, 2), CanvasPlacement.Whole(2, 2)));
        Assert.Equal(0, MaskUncertainty.Of(new Mask(new byte[4], 2, 2), CanvasPlacement.Whole(2, 2)));

        // One of two pixels that can be seen is as undecided as can be.
        Assert.Equal(0.5, MaskUncertainty.Of(new Mask([0, 255, 128, 0], 2, 2), CanvasPlacement.Whole(2, 2)), 3);

        // Beyond the picture a letterbox says nothing.
        Assert.Equal(0, MaskUncertainty.Of(new Mask([255, 255, 128, 128], 2, 2), new CanvasPlacement(8, 8, 8, 4)));
    }

    [Fact]
    public void Takes_a_byte_a_pixel_and_some_megabytes()
    {
        using var drawn = DrawnSet.Draw(SubjectKind.Hair, BackdropKind.Plain, 2400, 1800);
        var mask = NetworkMask.Perfect(drawn.Alpha);
        void Finish()
        {
            using var picture = drawn.Composite.Copy();
            MatteFinish.Apply(picture, mask, CanvasPlacement.Whole(1024, 1024), new FinishOptions(), CancellationToken.None);
        }

        Finish();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Finish();

        // Pools are warm: what is still allocated is tables and rings. Rented arrays are bounded by what a first run allocates.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12_000_000);
    }
}
