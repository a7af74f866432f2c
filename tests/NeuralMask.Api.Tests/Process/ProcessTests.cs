using NeuralMask.Api.Tests.Fixtures;

namespace NeuralMask.Api.Tests.Process;

/// <summary>What a good picture gets at <c>/process</c>, however it is sent.</summary>
public sealed class ProcessTests(SharedFront shared)
{
    private static readonly Disc Disc = Drawn.Middle(160, 120);

    private readonly HttpClient _client = shared.Client;

    public static TheoryData<string, string?> Packings
    {
        get
        {
            var rows = new TheoryData<string, string?>();
            foreach (var format in new[] { "jpeg", "png", "webp" })
            {
                foreach (var type in new[] { null, $"image/{format}", "image/gif", "text/plain", "application/octet-stream", "application/json", "application/x-www-form-urlencoded", "///" })
                {
                    rows.Add(format, type);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public async Task The_body_is_the_picture_whatever_its_content_type_says(string format, string? contentType)
    {
        var answer = await _client.Process(Picture(format), contentType);

        Disc.IsKeptIn(answer.Png());
        Assert.NotEmpty(answer.Header("X-Request-Id")!);
    }

    [Fact]
    public async Task A_chunked_body_is_taken()
    {
        using var socket = await RawSocket.Connect(shared.Front.Port);
        await socket.Send("POST /process HTTP/1.1", "Host: test", "Transfer-Encoding: chunked");
        foreach (var chunk in Disc.Png().Chunk(700))
        {
            await socket.Send([.. System.Text.Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, .. "\r\n"u8]);
        }

        await socket.Send("0");

        Disc.IsKeptIn((await socket.Receive()).Png());
    }

    [Theory]
    [InlineData("file")]
    [InlineData("image")]
    [InlineData("image_file")]
    [InlineData("Datei mit Umlaut ä")]
    public async Task A_form_may_call_its_file_field_anything(string field)
    {
        Disc.IsKeptIn((await _client.Post("/process", Sent.Form([("size", "full")], (field, Disc.Jpeg())))).Png());
    }

    [Fact]
    public async Task Empty_file_fields_beside_the_picture_do_not_matter()
    {
        Disc.IsKeptIn((await _client.Post("/process", Sent.Form([], ("first", []), ("file", Disc.Jpeg()), ("last", [])))).Png());
    }

    [Theory]
    [InlineData(300, 200)]
    [InlineData(200, 300)]
    [InlineData(1, 1)]
    [InlineData(1000, 3)]
    [InlineData(1500, 1100)]
    public async Task The_cutout_has_the_size_of_the_picture(int width, int height)
    {
        var cutout = (await _client.Process(Drawn.Png(width, height, (_, _) => Drawn.Red))).Png();

        Assert.Equal((width, height), (cutout.Width, cutout.Height));
        Assert.DoesNotContain(cutout.All(), pixel => pixel != Drawn.Red);
    }

    [Fact]
    public async Task It_is_an_8_bit_rgba_png()
    {
        Assert.Equal((8, 6), Files.PngKind((await _client.Process(Disc.Jpeg())).Good().Body));
    }

    [Fact]
    public async Task A_photo_that_lies_on_its_side_comes_back_upright()
    {
        var stored = new Disc(160, 120, 40, 30, 20);
        var displayed = new Disc(120, 160, 120 - 1 - 30, 40, 20);

        displayed.IsKeptIn((await _client.Process(Files.WithOrientation(stored.Jpeg(), 6))).Png());
    }

    [Fact]
    public async Task Colour_is_not_multiplied_by_alpha_and_nothing_hides_under_alpha_zero()
    {
        var disc = Drawn.Middle(640, 480);
        var cutout = (await _client.Process(disc.Png())).Png();

        Assert.Contains(cutout.All(), pixel => pixel.A is > 40 and < 120);
        foreach (var (r, g, b, a) in cutout.All())
        {
            if (a == 0)
            {
                Assert.Equal((0, 0, 0), (r, g, b));
            }
            else
            {
                // Both colours that are in the picture have one bright channel, and so has what lies between them.
                Assert.True(Math.Max(r, b) >= 120, $"colour {r}, {g}, {b} with alpha {a}");
            }
        }
    }

    [Fact]
    public async Task What_was_transparent_stays_so()
    {
        var disc = Drawn.Middle(160, 120);
        (int R, int G, int B, int A) At(int x, int y) => disc.At(x, y) with { A = x < 80 ? 255 : x < 100 ? 128 : 0 };
        var cutout = (await _client.Process(Drawn.Png(160, 120, At))).Png();

        for (var y = 0; y < 120; y++)
        {
            for (var x = 0; x < 160; x++)
            {
                Assert.InRange(cutout.At(x, y).A, 0, At(x, y).A);
            }
        }

        Assert.Equal(Drawn.Red, cutout.At(70, 60));
        Assert.Equal(128, cutout.At(90, 60).A);
    }

    [Fact]
    public async Task The_same_picture_gives_the_same_bytes()
    {
        var first = (await _client.Process(Disc.Jpeg())).Good().Body;

        Assert.Equal(first, (await _client.Process(Disc.Jpeg())).Good().Body);
    }

    [Fact]
    public async Task Pictures_that_are_sent_at_once_are_not_mixed_up()
    {
        var discs = Enumerable.Range(0, 24).Select(i => new Disc(160 + i, 120, 30 + (4 * i), 60, 20)).ToList();

        var answers = await Task.WhenAll(discs.Select(disc => _client.Process(disc.Png())));

        foreach (var (disc, answer) in discs.Zip(answers))
        {
            disc.IsKeptIn(answer.Png());
        }

        Assert.Equal(answers.Length, answers.Select(answer => answer.Header("X-Request-Id")).Distinct().Count());
    }

    private static byte[] Picture(string format) => format switch
    {
        "jpeg" => Disc.Jpeg(),
        "png" => Disc.Png(),
        _ => Disc.WebP(),
    };
}
