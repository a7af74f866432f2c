using NeuralMask.Api.Uploads;
using NeuralMask.Hosting.Settings;

namespace NeuralMask.Api;

/// <summary>The largest body that the web server takes.</summary>
internal static class BodyLimit
{
    /// <summary>
    /// The readers refuse a body that is too large in the words of its path; the server's own limit stands behind them,
    /// wide enough for a picture in base 64.
    /// </summary>
    public static void LimitBodies(this IWebHostBuilder web) => web.ConfigureKestrel((context, kestrel) =>
    {
        var options = context.Configuration.GetSection(ValidatedOptions.Section).Get<FrontOptions>() ?? new FrontOptions();
        kestrel.Limits.MaxRequestBodySize = UploadReader.MostBodyBytes(options);
    });
}
