using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>Ways to send a request, and what came back of it.</summary>
internal static class Sent
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A body of bytes under a content type of any spelling, or none.</summary>
    public static ByteArrayContent Raw(byte[] bytes, string? contentType)
    {
        var content = new ByteArrayContent(bytes);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return content;
    }

    /// <summary>A form of plain fields and one file each under the names that are given for them.</summary>
    public static MultipartFormDataContent Form(IEnumerable<(string Name, string Value)> fields, params (string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var (name, bytes) in files)
        {
            form.Add(Raw(bytes, "application/octet-stream"), name, "picture.bin");
        }

        return form;
    }

    public static Task<Answer> Process(this HttpClient client, byte[] picture, string? contentType = null) =>
        client.Post("/process", Raw(picture, contentType));

    /// <summary>A form to remove.bg's path, with fields written as name=value.</summary>
    public static Task<Answer> RemoveBg(this HttpClient client, byte[] picture, params string[] fields) =>
        client.Post("/v1.0/removebg", Form(fields.Select(field => field.Split('=', 2)).Select(parts => (parts[0], parts[1])), ("image_file", picture)));

    public static async Task<Answer> Post(this HttpClient client, string path, HttpContent content, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        headers?.Invoke(request.Headers);
        return await client.Ask(request);
    }

    public static async Task<Answer> Ask(this HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, Cancel);
        return new Answer(
            response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsByteArrayAsync(Cancel));
    }
}

/// <summary>An answer, read whole.</summary>
internal sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public int Number(string name) => int.Parse(Headers[name], System.Globalization.CultureInfo.InvariantCulture);

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The answer where it is good; else its body, which says why, fails the test.</summary>
    public Answer Good()
    {
        Assert.True(Status == HttpStatusCode.OK, $"{(int)Status}: {Text}");
        return this;
    }

    public Seen Png()
    {
        Assert.Equal("image/png", Good().Header("Content-Type"));
        return Seen.Png(Body);
    }

    public Seen Jpeg()
    {
        Assert.Equal("image/jpeg", Good().Header("Content-Type"));
        return Seen.Jpeg(Body);
    }

    /// <summary>Asserts that it is a problem of this project's own paths, and gives its detail.</summary>
    public string Problem(int status, string code)
    {
        Assert.True((int)Status == status, $"{(int)Status} instead of {status}: {Text}");
        Assert.Equal("application/problem+json", Header("Content-Type")?.Split(';')[0]);
        var problem = Json;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("requestId").GetString()!);
        Assert.Equal(Header("X-Request-Id"), problem.GetProperty("requestId").GetString());
        var detail = problem.GetProperty("detail").GetString()!;
        Assert.NotEmpty(detail);
        return detail;
    }

    /// <summary>Asserts that it is an error as remove.bg's clients read it, and gives its detail.</summary>
    public string Error(int status, string code)
    {
        Assert.True((int)Status == status, $"{(int)Status} instead of {status}: {Text}");
        Assert.Equal("application/json", Header("Content-Type")?.Split(';')[0]);
        Assert.Equal(["errors"], Json.EnumerateObject().Select(member => member.Name));
        var error = Assert.Single(Json.GetProperty("errors").EnumerateArray());
        Assert.Equal(["title", "code", "detail"], error.EnumerateObject().Select(member => member.Name));
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("title").GetString()!);
        Assert.Null(Header("X-Credits-Charged"));
        var detail = error.GetProperty("detail").GetString()!;
        Assert.NotEmpty(detail);
        return detail;
    }
}
