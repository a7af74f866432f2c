using System.Text.Json;
using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.RemoveBg;

public sealed class AccountTests(SharedFront shared)
{
    [Fact]
    public async Task The_balance_has_exactly_the_members_that_clients_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/account");
        var answer = (await shared.Client.Ask(request)).Good();

        Assert.Equal("application/json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal(
            [
                "data.attributes.api.free_calls", "data.attributes.api.sizes", "data.attributes.credits.enterprise",
                "data.attributes.credits.payg", "data.attributes.credits.subscription", "data.attributes.credits.total",
            ],
            Leaves(answer.Json, "").Order(StringComparer.Ordinal));
        var credits = answer.Json.GetProperty("data").GetProperty("attributes").GetProperty("credits");
        Assert.True(credits.GetProperty("total").GetInt64() > 0);
        Assert.Null(answer.Header("X-RateLimit-Limit"));
    }

    private static IEnumerable<string> Leaves(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}"))
        : [path];
}
