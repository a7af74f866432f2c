namespace NeuralMask.Imaging.Tests;

public sealed class AlphaMetricsTests
{
    [Fact]
    public void Differences_are_counted_on_raw_alpha()
    {
        // 255, 51 and 0 of 255 off: 1 + 0.2 + 0 + 0.
        var error = AlphaError.Between(new Mask([255, 51, 7, 9], 2, 2), new Mask([0, 0, 7, 9], 2, 2));

        Assert.Equal(1.2 / 1000, error.Sad, 12);
        Assert.Equal((1 + 0.04) / 4, error.Mse, 12);
        Assert.Equal(0.3, error.Mad, 12);
    }

    [Fact]
    public void A_veil_over_a_picture_is_not_stretched_away()
    {
        var haze = new Mask([128, 128, 186, 186], 2, 2);
        var truth = new Mask([0, 0, 255, 255], 2, 2);

        Assert.Equal(128 / 255.0, BackgroundHaze.Of(haze, truth), 12);
        Assert.True(AlphaError.Between(haze, truth).Mad > 0.3);
    }

    [Fact]
    public void No_background_has_no_haze() => Assert.Equal(0, BackgroundHaze.Of(new Mask([9], 1, 1), new Mask([255], 1, 1)));

    [Fact]
    public void Sizes_have_to_agree()
    {
        var (one, two) = (new Mask(new byte[2], 2, 1), new Mask(new byte[2], 1, 2));

        Assert.Throws<ArgumentException>(() => AlphaError.Between(one, two));
        Assert.Throws<ArgumentException>(() => GradientError.Between(one, two, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => ConnectivityError.Between(one, two, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => BackgroundHaze.Of(one, two));
    }

    [Fact]
    public void The_gradient_of_a_ramp_is_its_slope_times_the_kernel()
    {
        // 4 of 255 a pixel; far from the borders the derivative of a ramp is slope × Σ k·g'(k) × Σ g, each factor
        // scaled to length 1.
        const double Sigma = 1.4;
        var half = (int)Math.Ceiling(Sigma * Math.Sqrt(-2 * Math.Log(Math.Sqrt(2 * Math.PI) * Sigma * 0.01)));
        var steps = Enumerable.Range(-half, (2 * half) + 1).ToArray();
        double G(int k) => Math.Exp(-k * k / (2 * Sigma * Sigma));
        double Slope(int k) => k * G(k);
        var gain = steps.Sum(G) / Math.Sqrt(steps.Sum(k => G(k) * G(k))) * steps.Sum(k => k * Slope(k)) / Math.Sqrt(steps.Sum(k => Slope(k) * Slope(k)));
        var (width, height) = (60, 2 * half + 1);
        var ramp = new byte[width * height];
        for (var i = 0; i < ramp.Length; i++)
        {
            ramp[i] = (byte)(4 * (i % width));
        }

        var error = GradientError.Between(new Mask(ramp, width, height), new Mask(new byte[ramp.Length], width, height), CancellationToken.None);

        // The half columns at either end see the repeated border; the bulk decides.
        var inner = (width - (2 * half)) * height * Math.Pow(4 / 255.0 * gain, 2) / 1000;
        Assert.InRange(error, inner, inner * width / (width - (2 * half)));
    }

    [Fact]
    public void A_sharp_edge_has_less_gradient_error_than_a_blurred_one()
    {
        var truth = Edge(0);

        Assert.Equal(0, GradientError.Between(truth, truth, CancellationToken.None));
        Assert.True(GradientError.Between(Edge(2), truth, CancellationToken.None) < GradientError.Between(Edge(6), truth, CancellationToken.None));
    }

    [Fact]
    public void What_hangs_together_has_no_connectivity_error()
    {
        var mask = Edge(4);

        Assert.Equal(0, ConnectivityError.Between(mask, mask, CancellationToken.None));
    }

    [Fact]
    public void A_loose_pixel_counts_with_its_alpha()
    {
        // A solid row that both have; above it, apart, a pixel that only one has: d = 0.6 there, and 0 in the other.
        var truth = new byte[] { 0, 0, 0, 0, 0, 0, 255, 255, 255 };
        var found = new byte[] { 153, 0, 0, 0, 0, 0, 255, 255, 255 };

        var error = ConnectivityError.Between(new Mask(found, 3, 3), new Mask(truth, 3, 3), CancellationToken.None);

        Assert.Equal(0.6 / 1000, error, 6);
    }

    [Fact]
    public void A_faint_loose_pixel_is_forgiven()
    {
        // 0.14 is below θ.
        var truth = new byte[] { 0, 0, 0, 0, 0, 0, 255, 255, 255 };
        var found = new byte[] { 35, 0, 0, 0, 0, 0, 255, 255, 255 };

        Assert.Equal(0, ConnectivityError.Between(new Mask(found, 3, 3), new Mask(truth, 3, 3), CancellationToken.None));
    }

    [Fact]
    public void Foreground_counts_in_the_band_only()
    {
        using var found = Draw.Of(3, 1, (x, _) => (100 + x, 100, 100, 255));
        using var truth = Draw.Of(3, 1, (_, _) => (0, 100, 151, 255));

        // Only the middle pixel is soft: |101 − 0| + 0 + |100 − 151| over three values.
        Assert.Equal((101 + 51) / (3 * 255.0), ForegroundError.InBand(found, truth, new Mask([0, 128, 255], 3, 1)), 12);
        Assert.Equal(0, ForegroundError.InBand(found, truth, new Mask([0, 255, 255], 3, 1)));
    }

    private static Mask Edge(int softness)
    {
        var alpha = new byte[40 * 20];
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = (byte)(255 * Math.Clamp((((i % 40) - 20) / (softness + 1.0)) + 0.5, 0, 1));
        }

        return new Mask(alpha, 40, 20);
    }
}
