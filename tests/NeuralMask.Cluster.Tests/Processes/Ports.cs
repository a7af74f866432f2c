using System.Net;
using System.Net.Sockets;

namespace NeuralMask.Cluster.Tests.Processes;

/// <summary>Ports of the loopback that are free now.</summary>
internal static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
