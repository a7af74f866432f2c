using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>A connection on which a test says exactly what it wants and when.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly TcpClient _client = new();
    private NetworkStream Stream => _client.GetStream();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RawSocket> Connect(int port)
    {
        var socket = new RawSocket();
        await socket._client.ConnectAsync(IPAddress.Loopback, port, Cancel);
        return socket;
    }

    public Task Send(params string[] lines) => Send(Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"));

    public async Task Send(byte[] bytes) => await Stream.WriteAsync(bytes, Cancel);

    /// <summary>Waits until the service asks for the body: an endpoint has begun to read it.</summary>
    public async Task Continues() => Assert.StartsWith("HTTP/1.1 100 ", await Head(), StringComparison.Ordinal);

    /// <summary>Reads one answer by its content length, or its last chunk.</summary>
    public async Task<Answer> Receive()
    {
        var head = (await Head()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = head.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var status = (HttpStatusCode)int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture);
        using var body = new MemoryStream();
        if (headers.TryGetValue("Content-Length", out var length))
        {
            body.Write(await Bytes(int.Parse(length, CultureInfo.InvariantCulture)));
        }
        else if (headers.ContainsKey("Transfer-Encoding"))
        {
            while (int.Parse((await Line()).TrimEnd(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size)
            {
                body.Write(await Bytes(size));
                await Line();
                if (size == 0)
                {
                    break;
                }
            }
        }

        return new Answer(status, headers, body.ToArray());
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> Head()
    {
        var head = new StringBuilder();
        string line;
        while ((line = await Line()) != "\r\n")
        {
            head.Append(line);
        }

        return head.ToString();
    }

    private async Task<string> Line()
    {
        var line = new StringBuilder();
        while (line.Length < 2 || line[^1] != '\n')
        {
            line.Append((char)(await Bytes(1))[0]);
        }

        return line.ToString();
    }

    private async Task<byte[]> Bytes(int count)
    {
        var bytes = new byte[count];
        await Stream.ReadExactlyAsync(bytes, Cancel);
        return bytes;
    }
}
