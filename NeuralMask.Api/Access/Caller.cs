using System.Security.Cryptography;
using System.Text;

namespace NeuralMask.Api.Access;

/// <summary>Whose share of queues a request takes.</summary>
/// <param name="Tenant">An id that is made from the key and from which the key cannot be told.</param>
/// <param name="Weight">Weight of the share.</param>
public sealed record Caller(string Tenant, double Weight)
{
    private const int IdBytes = 8;

    /// <summary>Reads the caller from a request: each key has a share of its own, and all without a key have one together.</summary>
    public static Caller Of(HttpRequest request)
    {
        var key = request.Headers["X-Api-Key"].ToString();
        return key.Length == 0
            ? new Caller("anonymous", 1)
            : new Caller(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, IdBytes)), 1);
    }
}
