using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.Access;

/// <summary>Who is served without a key.</summary>
public sealed class AnonymousTests
{
    private static readonly Disc Disc = Drawn.Middle(160, 120);

    [Fact]
    public async Task By_default_only_callers_on_the_servers_own_machine()
    {
        var caller = new Caller();
        await using var front = await Front.Start(caller.Replace);

        foreach (var near in new[] { "127.0.0.1", "::1", "::ffff:127.0.0.1" })
        {
            caller.Address = IPAddress.Parse(near);
            Disc.IsKeptIn((await front.Client.Process(Disc.Png())).Png());
            Disc.IsKeptIn((await front.Client.RemoveBg(Disc.Png())).Png());
        }

        foreach (var far in new[] { "192.0.2.7", "10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", "fe80::1" })
        {
            caller.Address = IPAddress.Parse(far);
            await IsRefused(front);
        }
    }

    [Fact]
    public async Task What_a_caller_says_of_itself_does_not_count()
    {
        var caller = new Caller();
        await using var front = await Front.Start(caller.Replace);

        foreach (var header in new[] { "X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP" })
        {
            caller.Address = IPAddress.Parse("192.0.2.7");
            Assert.Equal(HttpStatusCode.Unauthorized, (await Send(front, header, header == "Forwarded" ? "for=127.0.0.1" : "127.0.0.1")).Status);

            caller.Address = IPAddress.Loopback;
            Disc.IsKeptIn((await Send(front, header, header == "Forwarded" ? "for=192.0.2.7" : "192.0.2.7")).Png());
        }
    }

    [Fact]
    public async Task Whoever_is_refused_still_gets_probes_and_errors()
    {
        var caller = new Caller();
        await using var front = await Front.Start(caller.Replace);
        caller.Address = IPAddress.Parse("192.0.2.7");

        foreach (var path in new[] { "/health", "/ready", "/metrics" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            (await front.Client.Ask(request)).Good();
        }

        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        (await front.Client.Ask(elsewhere)).Problem(404, "not_found");
    }

    [Fact]
    public async Task A_caller_over_the_network_is_refused_by_its_connection()
    {
        var own = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), TestContext.Current.CancellationToken))
            .FirstOrDefault(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal);
        Assert.SkipWhen(own is null, "This machine has no address but its loopback ones.");
        await using var front = await Front.Start("urls=http://*:0");
        using var client = front.ClientOf(own!.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{own}]" : own.ToString());

        (await client.Process(Disc.Png())).Problem(401, "auth_failed");
        Disc.IsKeptIn((await front.Client.Process(Disc.Png())).Png());
    }

    [Fact]
    public async Task Off_refuses_everybody()
    {
        await using var front = await Front.Start("NeuralMask:Anonymous=off");

        await IsRefused(front);
    }

    [Fact]
    public async Task Any_serves_everybody()
    {
        var caller = new Caller { Address = IPAddress.Parse("192.0.2.7") };
        await using var front = await Front.Start(caller.Replace, "NeuralMask:Anonymous=any");

        Disc.IsKeptIn((await front.Client.Process(Disc.Png())).Png());
        Disc.IsKeptIn((await front.Client.RemoveBg(Disc.Png())).Png());
    }

    private static async Task IsRefused(Front front)
    {
        Assert.Contains("NeuralMask__Anonymous=", (await front.Client.Process(Disc.Png())).Problem(401, "auth_failed"), StringComparison.Ordinal);
        Assert.Contains("NeuralMask__Anonymous=", (await front.Client.RemoveBg(Disc.Png())).Error(403, "auth_failed"), StringComparison.Ordinal);
        using var account = new HttpRequestMessage(HttpMethod.Get, "/v1.0/account");
        (await front.Client.Ask(account)).Error(403, "auth_failed");
    }

    private static Task<Answer> Send(Front front, string header, string value) =>
        front.Client.Post("/process", Sent.Raw(Disc.Png(), null), headers => headers.Add(header, value));

    /// <summary>The address that connections seem to come from.</summary>
    private sealed class Caller : IStartupFilter
    {
        public IPAddress Address { get; set; } = IPAddress.Loopback;

        public void Replace(WebApplicationBuilder builder) => builder.Services.AddSingleton<IStartupFilter>(this);

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, after) =>
            {
                context.Connection.RemoteIpAddress = Address;
                return after(context);
            });
            next(app);
        };
    }
}
