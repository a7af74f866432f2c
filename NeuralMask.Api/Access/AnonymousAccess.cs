using System.Net;
using Microsoft.Extensions.Options;
using NeuralMask.Api.Faults;

namespace NeuralMask.Api.Access;

/// <summary>
/// Lets callers in who have no key, as far as <c>NeuralMask:Anonymous</c> allows. Only the connection's own address
/// counts: a forwarded one is whatever the caller writes.
/// </summary>
public sealed class AnonymousAccess(IOptions<FrontOptions> options) : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Require(context.HttpContext.Connection.RemoteIpAddress);
        return next(context);
    }

    private void Require(IPAddress? caller)
    {
        switch (options.Value.Anonymous)
        {
            case "any":
            case "loopback" when caller is not null && IPAddress.IsLoopback(caller):
                return;
            case "loopback":
                throw new FaultException(KnownFaults.AuthFailed("Only callers on the server's own machine are served without a key: set NeuralMask__Anonymous=any on the server to serve every caller."));
            default:
                throw new FaultException(KnownFaults.AuthFailed("Callers without a key are not served: set NeuralMask__Anonymous=loopback on the server to serve its own machine, or any to serve every caller."));
        }
    }
}
