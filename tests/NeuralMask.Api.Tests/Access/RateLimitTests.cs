using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.Access;

/// <summary>What callers without a key may send in a minute.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Whoever_sends_too_much_is_told_when_to_go_on()
    {
        await using var front = await Front.Start("NeuralMask:AnonymousMegapixelsPerMinute=4");
        var small = Drawn.Middle(160, 120).Png();

        var first = (await front.Client.RemoveBg(small)).Good();
        var second = (await front.Client.RemoveBg(Drawn.Middle(1200, 1000).Jpeg())).Good();
        Assert.Equal((4, 3), (first.Number("X-RateLimit-Limit"), first.Number("X-RateLimit-Remaining")));
        Assert.Equal(1, second.Number("X-RateLimit-Remaining"));
        Assert.Equal(first.Header("X-RateLimit-Reset"), second.Header("X-RateLimit-Reset"));

        // Two megapixels do not fit any more, and take nothing; one does.
        var refused = await front.Client.RemoveBg(Drawn.Middle(1200, 1000).Jpeg());
        Assert.Contains("4 megapixels", refused.Error(429, "rate_limit_exceeded"), StringComparison.Ordinal);
        Assert.InRange(refused.Number("Retry-After"), 1, 60);
        (await front.Client.Process(small)).Good();
        refused = await front.Client.Process(small);
        refused.Problem(429, "rate_limit_exceeded");
        Assert.InRange(refused.Number("Retry-After"), 1, 60);

        // Asking for the balance sends no picture.
        using var account = new HttpRequestMessage(HttpMethod.Get, "/v1.0/account");
        (await front.Client.Ask(account)).Good();
    }
}
