using System.Buffers.Binary;
using System.IO.Compression;
using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.RemoveBg;

/// <summary>What a good answer is: its file and its headers.</summary>
public sealed class AnswerTests(SharedFront shared)
{
    private static readonly Disc Disc = Drawn.Middle(160, 120);

    private readonly HttpClient _client = shared.Client;

    [Theory]
    [InlineData("0f0")]
    [InlineData("#0f0")]
    [InlineData("0f0f")]
    [InlineData("00ff00")]
    [InlineData("#00FF00")]
    [InlineData("00ff00ff")]
    [InlineData("lime")]
    [InlineData("LIME")]
    public async Task A_background_colour_may_be_written_in_any_form(string colour)
    {
        var cutout = (await _client.RemoveBg(Disc.Png(), "format=png", $"bg_color={colour}")).Png();

        Assert.Equal((0, 255, 0, 255), cutout.At(0, 0));
        Assert.Equal(Drawn.Red, cutout.At(80, 60));
        Assert.DoesNotContain(cutout.All(), pixel => pixel.A != 255);
    }

    [Fact]
    public async Task A_background_that_is_half_transparent_stays_so()
    {
        foreach (var format in new[] { "png", "auto" })
        {
            Assert.Equal((0, 255, 0, 128), (await _client.RemoveBg(Disc.Png(), $"format={format}", "bg_color=00ff0080")).Png().At(0, 0));
        }
    }

    [Theory]
    [InlineData(null, 255, 255, 255)]
    [InlineData("0f0", 0, 255, 0)]
    public async Task A_jpg_is_over_white_or_the_colour_that_is_asked_for(string? colour, int red, int green, int blue)
    {
        var cutout = (await _client.RemoveBg(Disc.Png(), ["format=jpg", .. colour is null ? Array.Empty<string>() : [$"bg_color={colour}"]])).Jpeg();

        Assert.Equal((160, 120), (cutout.Width, cutout.Height));
        Near((red, green, blue), cutout.At(2, 2));
        Near((220, 30, 30), cutout.At(80, 60));
    }

    [Fact]
    public async Task Auto_is_a_png_where_anything_is_transparent_and_else_a_jpg()
    {
        Disc.IsKeptIn((await _client.RemoveBg(Disc.Png(), "format=auto")).Png());
        Near((0, 255, 0), (await _client.RemoveBg(Disc.Png(), "format=auto", "bg_color=0f0")).Jpeg().At(2, 2));
        Near((220, 30, 30), (await _client.RemoveBg(Drawn.Png(50, 40, (_, _) => Drawn.Red), "format=auto")).Jpeg().At(2, 2));
    }

    [Theory]
    [InlineData("format=png")]
    [InlineData("format=auto")]
    [InlineData("format=png", "bg_color=0f0")]
    [InlineData("format=auto", "bg_color=0f0")]
    public async Task The_matte_alone_is_a_grey_png(params string[] fields)
    {
        var answer = await _client.RemoveBg(Disc.Png(), [.. fields, "channels=alpha"]);
        var matte = answer.Png();

        Assert.Equal((8, 0), Files.PngKind(answer.Body));
        Assert.Equal((255, 255, 255, 255), matte.At(80, 60));
        Assert.Equal((0, 0, 0, 255), matte.At(2, 2));
    }

    [Fact]
    public async Task The_matte_alone_may_be_a_jpg()
    {
        var matte = (await _client.RemoveBg(Disc.Png(), "format=jpg", "channels=alpha")).Jpeg();

        Near((255, 255, 255), matte.At(80, 60));
        Near((0, 0, 0), matte.At(2, 2));
    }

    [Theory]
    [InlineData]
    [InlineData("bg_color=0f0")]
    public async Task A_zip_holds_colour_and_alpha_as_clients_take_them_apart(params string[] fields)
    {
        var answer = (await _client.RemoveBg(Disc.Png(), ["format=zip", .. fields])).Good();

        Assert.Equal("application/zip", answer.Header("Content-Type"));
        var (colour, alpha) = ZipParts(answer.Body);
        Assert.Equal((8, 0), Files.PngKind(alpha));
        var (seen, matte) = (Seen.Jpeg(colour), Seen.Png(alpha));
        Assert.Equal((160, 120), (seen.Width, seen.Height));
        Assert.Equal((160, 120), (matte.Width, matte.Height));
        Near((220, 30, 30), seen.At(80, 60));
        Assert.Equal(255, matte.At(80, 60).R);
        Assert.Equal(0, matte.At(2, 2).R);
    }

    [Fact]
    public async Task Every_header_of_the_contract_is_there_and_numbers_are_whole()
    {
        var answer = (await _client.RemoveBg(Disc.Png())).Good();

        foreach (var name in new[]
        {
            "X-Width", "X-Height", "X-Max-Width", "X-Max-Height", "X-Foreground-Top", "X-Foreground-Left", "X-Foreground-Width",
            "X-Foreground-Height", "X-Credits-Charged", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset",
        })
        {
            Assert.True(answer.Number(name) >= 0, name);
        }

        Assert.Equal(1_000_000, answer.Number("X-RateLimit-Limit"));
        Assert.InRange(answer.Number("X-RateLimit-Reset") - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), -1, 61);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.NotEmpty(answer.Header("X-Request-Id")!);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("other", "type=auto")]
    [InlineData("other", "type=unheard-of")]
    [InlineData("person", "type=person")]
    [InlineData("product", "type=product")]
    [InlineData("animal", "type=animal")]
    [InlineData("car", "type=car")]
    [InlineData("transportation", "type=transportation")]
    [InlineData("graphics", "type=graphic")]
    [InlineData("person", "type=person", "type_level=latest")]
    [InlineData(null, "type=person", "type_level=none")]
    public async Task The_type_is_the_callers_hint_unless_none_is_wanted(string? expected, params string[] fields)
    {
        Assert.Equal(expected, (await _client.RemoveBg(Disc.Png(), fields)).Good().Header("X-Type"));
    }

    [Fact]
    public async Task A_caller_that_accepts_json_gets_the_file_in_base_64()
    {
        var answer = (await _client.Post("/v1.0/removebg", Sent.Form([], ("image_file", Disc.Png())), headers => headers.Accept.ParseAdd("application/json"))).Good();

        Assert.Equal("application/json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal(["data"], answer.Json.EnumerateObject().Select(member => member.Name));
        var data = answer.Json.GetProperty("data");
        Assert.Equal(
            ["result_b64", "foreground_top", "foreground_left", "foreground_width", "foreground_height"],
            data.EnumerateObject().Select(member => member.Name));
        Disc.IsKeptIn(Seen.Png(data.GetProperty("result_b64").GetBytesFromBase64()));
        foreach (var side in new[] { "Top", "Left", "Width", "Height" })
        {
            Assert.Equal(answer.Number($"X-Foreground-{side}"), data.GetProperty($"foreground_{side}".ToLowerInvariant()).GetInt32());
        }
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("image/png, image/jpeg")]
    [InlineData("image/*;q=0.8, */*;q=0.1")]
    public async Task Any_other_caller_gets_the_file_itself(string accept)
    {
        Disc.IsKeptIn((await _client.Post("/v1.0/removebg", Sent.Form([], ("image_file", Disc.Png())), headers => headers.Accept.ParseAdd(accept))).Png());
    }

    [Fact]
    public async Task Parameters_without_effect_are_named_back()
    {
        var ignored = (await _client.RemoveBg(Disc.Png(), "shadow_type=3D", "crop=true", "size=preview")).Good().Header("X-Ignored-Parameters");

        Assert.Equal(["crop", "shadow_type"], ignored!.Split(", ").Order());
    }

    [Fact]
    public async Task A_parameters_name_cannot_write_headers()
    {
        using var content = new FormUrlEncodedContent(
        [
            new("image_file_b64", Convert.ToBase64String(Disc.Png())),
            new("evil\r\nX-Evil: 1", "x"),
            new("evil: 1", "x"),
            new("böse", "x"),
            new(new string('a', 900), "x"),
            new("fine", "x"),
        ]);
        var answer = (await _client.Post("/v1.0/removebg", content)).Good();

        Assert.Null(answer.Header("X-Evil"));
        Assert.Equal("fine", answer.Header("X-Ignored-Parameters"));
    }

    /// <summary>Asserts the layout that clients rely on, down to the bytes, and gives the two files.</summary>
    internal static (byte[] Colour, byte[] Alpha) ZipParts(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        Assert.Equal(["color.jpg", "alpha.png"], archive.Entries.Select(entry => entry.FullName));

        // The first entry's own header, as readers of a stream see it: stored, with its length in front of it.
        Assert.Equal("PK\x03\x04"u8.ToArray(), zip[..4]);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(6));
        var method = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(8));
        Assert.Equal((0, 0), (flags & 8, method));
        var parts = archive.Entries.Select(entry =>
        {
            Assert.Equal(entry.Length, entry.CompressedLength);
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return content.ToArray();
        }).ToList();
        return (parts[0], parts[1]);
    }

    private static void Near((int R, int G, int B) expected, (int R, int G, int B, int A) seen)
    {
        Assert.InRange(seen.R, expected.R - 12, expected.R + 12);
        Assert.InRange(seen.G, expected.G - 12, expected.G + 12);
        Assert.InRange(seen.B, expected.B - 12, expected.B + 12);
    }
}
