using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace NeuralMask.Hosting.Startup;

/// <summary>Where an executable listens.</summary>
public static class Listening
{
    /// <summary>Listens on <paramref name="port"/> of every interface unless <c>--urls</c> or its like says otherwise.</summary>
    public static void ListenAsServed(this IWebHostBuilder web, IConfiguration configuration, int port)
    {
        if (configuration["urls"] is null && configuration["http_ports"] is null && configuration["https_ports"] is null
            && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            web.UseUrls($"http://*:{port}");
        }

        web.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }
}
