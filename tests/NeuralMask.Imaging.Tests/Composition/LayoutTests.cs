using CsCheck;

namespace NeuralMask.Imaging.Tests;

public sealed class LayoutTests
{
    private static readonly Gen<Extent> Length = Gen.Select(Gen.Double[0, 700], Gen.Bool, (value, share) => new Extent(share ? value / 10 : value, share));
    private static readonly Gen<CropMargin?> Margin = Gen.Select(Gen.Bool, Length, Length, Length, Length, (crop, a, b, c, d) => crop ? new CropMargin(a, b, c, d) : (CropMargin?)null);
    private static readonly Gen<SubjectScale> Scale = Gen.Select(Gen.Bool, Gen.Double[0.1, 1], (scaled, share) => new SubjectScale(scaled ? share : null));
    private static readonly Gen<SubjectPosition> Position = Gen.Select(Gen.Bool, Gen.Double[0, 1], Gen.Double[0, 1], (placed, x, y) => placed ? new SubjectPosition(x, y) : default);

    private static readonly Gen<LayoutWishes> Wishes =
        Gen.Select(Margin, Scale, Position, (margin, scale, position) => new LayoutWishes { Crop = margin, Scale = scale, Position = position });

    private static readonly Gen<(int Width, int Height, PixelBox Subject)> CutOut =
        Gen.Select(Gen.Int[1, 6000], Gen.Int[1, 6000], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], (width, height, a, b, c, d) =>
        {
            var (w, h) = (1 + (int)(a * (width - 1)), 1 + (int)(b * (height - 1)));
            return (width, height, new PixelBox((int)(c * (width - w)), (int)(d * (height - h)), w, h));
        });

    [Fact]
    public void The_subject_is_always_within_the_canvas()
    {
        foreach (var ((width, height, subject), wishes) in Cases.Of(Gen.Select(CutOut, Wishes), 3_000))
        {
            var layout = Layout.Of(width, height, subject, wishes);

            Assert.True(PixelBox.Whole(layout.Width, layout.Height).Contains(layout.Target), $"{width} × {height}, {subject}, {wishes}");
            Assert.True(PixelBox.Whole(width, height).Contains(layout.Source));
            Assert.True(layout.Source.Contains(subject));
            Assert.True(layout.Target is { Width: > 0, Height: > 0 });
            Assert.True((long)layout.Width * layout.Height <= Math.Max(wishes.MaxPixels, (long)width * height));
        }
    }

    [Fact]
    public void The_subject_keeps_its_shape()
    {
        foreach (var ((width, height, subject), wishes) in Cases.Of(Gen.Select(CutOut, Wishes), 3_000))
        {
            var (source, target) = (Layout.Of(width, height, subject, wishes).Source, Layout.Of(width, height, subject, wishes).Target);

            // Each side is off by at most half a pixel, or is one pixel.
            var (across, down) = ((double)target.Width / source.Width, (double)target.Height / source.Height);
            var tolerance = (0.51 / source.Width) + (0.51 / source.Height);
            Assert.True(Math.Abs(across - down) <= tolerance || target.Width == 1 || target.Height == 1, $"{width} × {height}, {subject}, {wishes}");
        }
    }

    [Fact]
    public void A_scaled_subject_has_exactly_its_share_of_one_side()
    {
        foreach (var ((width, height, subject), share) in Cases.Of(Gen.Select(CutOut, Gen.Double[0.1, 1])))
        {
            var layout = Layout.Of(width, height, subject, new LayoutWishes { Scale = new SubjectScale(share), Position = SubjectPosition.Center });

            Assert.True(Math.Abs(layout.Target.Width - (share * width)) <= 1 || Math.Abs(layout.Target.Height - (share * height)) <= 1);
            Assert.InRange(layout.Target.Left - (layout.Width - layout.Target.Right), -1, 1);
            Assert.InRange(layout.Target.Top - (layout.Height - layout.Target.Bottom), -1, 1);
        }
    }

    [Fact]
    public void Doing_it_twice_is_doing_it_once()
    {
        foreach (var ((width, height, subject), wishes) in Cases.Of(Gen.Select(CutOut, Wishes), 3_000))
        {
            var once = Layout.Of(width, height, subject, wishes);
            if (wishes.Crop is { } margin && margin.Top.IsShare | margin.Right.IsShare | margin.Bottom.IsShare | margin.Left.IsShare && wishes.Scale.Share is not null)
            {
                // A share of a larger subject is a larger margin.
                continue;
            }

            var (moved, again) = (Moved(subject, once), wishes);
            if (wishes.Crop is not null && wishes.Scale.Share is not null)
            {
                // The margin would come on top of what scaling left free.
                again = wishes with { Crop = null };
            }

            var twice = Layout.Of(once.Width, once.Height, moved, again);

            // Everything is rounded once more, and what a long thin subject's short side is off by, its long side is off
            // by in proportion.
            var tolerance = 1 + (Math.Max(moved.Width, moved.Height) / Math.Min(moved.Width, moved.Height));
            Assert.Equal((once.Width, once.Height), (twice.Width, twice.Height));
            Assert.InRange(Moved(moved, twice).Left - moved.Left, -tolerance, tolerance);
            Assert.InRange(Moved(moved, twice).Top - moved.Top, -tolerance, tolerance);
            Assert.InRange(twice.Target.Width - twice.Source.Width, -tolerance, tolerance);
            Assert.InRange(twice.Target.Height - twice.Source.Height, -tolerance, tolerance);
        }
    }

    [Fact]
    public void Without_wishes_nothing_changes()
    {
        foreach (var (width, height, subject) in Cases.Of(CutOut))
        {
            Assert.True(Layout.Of(width, height, subject, new LayoutWishes()).IsUnchanged);
        }
    }

    [Fact]
    public void Cropping_with_a_margin_reaches_beyond_the_picture()
    {
        var layout = Layout.Of(100, 80, new PixelBox(0, 10, 40, 70), new LayoutWishes { Crop = CropMargin.Parse("5px 20px") });

        Assert.Equal(new Layout(80, 80, new PixelBox(0, 5, 60, 75), new PixelBox(20, 0, 60, 75)), layout);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 1, 60, 30)]
    [InlineData(0.5, 0.5, 30, 15)]
    public void A_position_divides_the_room_beside_the_subject(double across, double down, int left, int top) =>
        Assert.Equal(
            new PixelBox(left, top, 40, 50),
            Layout.Of(100, 80, new PixelBox(7, 9, 40, 50), new LayoutWishes { Position = new SubjectPosition(across, down) }).Target);

    [Fact]
    public void Scaled_in_its_original_position_the_middle_stays()
    {
        var layout = Layout.Of(100, 100, new PixelBox(20, 60, 10, 10), new LayoutWishes { Scale = new SubjectScale(0.3) });

        Assert.Equal(new PixelBox(10, 50, 30, 30), layout.Target);
    }

    [Fact]
    public void Margins_give_way_before_the_canvas_becomes_too_large()
    {
        var layout = Layout.Of(1000, 1000, new PixelBox(0, 0, 1000, 1000), new LayoutWishes { Crop = CropMargin.Parse("50%"), MaxPixels = 1_440_000 });

        Assert.Equal((1200, 1200), (layout.Width, layout.Height));
    }

    [Fact]
    public void A_subject_beside_the_picture_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => Layout.Of(10, 10, new PixelBox(5, 5, 6, 2), new LayoutWishes()));

    // Where the subject is after its layout.
    private static PixelBox Moved(PixelBox subject, Layout layout) =>
        layout.Source == subject
            ? layout.Target
            : subject with { Left = subject.Left - layout.Source.Left + layout.Target.Left, Top = subject.Top - layout.Source.Top + layout.Target.Top };
}
