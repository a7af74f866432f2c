using NeuralMask.Api.Uploads;

namespace NeuralMask.Api;

/// <summary>Where the front listens, and what its web server takes.</summary>
internal static class Listening
{
    /// <summary>Listens on <paramref name="port"/> of every interface unless <c>--urls</c> or its like says otherwise.</summary>
    public static void ListenAsServed(this IWebHostBuilder web, IConfiguration configuration, int port)
    {
        if (configuration["urls"] is null && configuration["http_ports"] is null && configuration["https_ports"] is null
            && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            web.UseUrls($"http://*:{port}");
        }

        web.ConfigureKestrel((context, kestrel) =>
        {
            // The readers refuse a body that is too large in the words of its path; the server's own limit stands
            // behind them, wide enough for a picture in base 64.
            var options = context.Configuration.GetSection(Hosting.Settings.ValidatedOptions.Section).Get<FrontOptions>() ?? new FrontOptions();
            kestrel.Limits.MaxRequestBodySize = UploadReader.MostBodyBytes(options);
            kestrel.AddServerHeader = false;
        });
    }
}
