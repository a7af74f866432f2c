using NeuralMask.Api.Faults;
using NeuralMask.Api.Pipeline;
using NeuralMask.Api.Uploads;
using NeuralMask.Imaging;

namespace NeuralMask.Api.Endpoints;

/// <summary>The parameters of remove.bg's contract that are understood here, read from whatever packing they came in.</summary>
/// <param name="Picture">The file.</param>
/// <param name="Format">File format of the answer.</param>
/// <param name="MaxPixels">Most pixels of the answer in a format.</param>
/// <param name="AlphaOnly">True for the matte itself.</param>
/// <param name="Background">Colour behind the subject, or null.</param>
/// <param name="Type">What <c>X-Type</c> says; null for no such header.</param>
/// <param name="Ignored">Names of parameters that were sent and have no effect.</param>
internal sealed record RemoveBgParameters(
    ReadOnlyMemory<byte> Picture,
    CutoutFormat Format,
    Func<CutoutFormat, long> MaxPixels,
    bool AlphaOnly,
    BackgroundColour? Background,
    string? Type,
    IReadOnlyList<string> Ignored)
{
    private const long Preview = 250_000;
    private const long Medium = 1_500_000;
    private const long Hd = 4_000_000;
    private const long Full = 25_000_000;
    private const long FullPng = 10_000_000;
    private const long Largest = 50_000_000;

    // Parameters that change the answer there and are not understood here yet are named back to the caller, so that
    // nobody has to guess why a crop did not happen.
    private static readonly HashSet<string> Known =
        ["image_file", "image_file_b64", "image_url", "size", "format", "channels", "bg_color", "type", "type_level"];

    /// <exception cref="FaultException">A parameter is wrong, or there is not exactly one picture.</exception>
    public static RemoveBgParameters Read(Upload upload)
    {
        var channels = upload["channels"] ?? "rgba";
        if (channels is not ("rgba" or "alpha"))
        {
            throw new FaultException(KnownFaults.Invalid("channels", channels, "rgba or alpha"));
        }

        return new RemoveBgParameters(
            ReadPicture(upload),
            ReadFormat(upload["format"] ?? "auto"),
            ReadSize(upload["size"] ?? "preview"),
            channels == "alpha",
            ReadBackground(upload["bg_color"]),
            ReadType(upload),
            [.. upload.Fields.Keys.Concat(upload.Files.Select(file => file.Field)).Where(name => !Known.Contains(name)).Distinct()]);
    }

    private static ReadOnlyMemory<byte> ReadPicture(Upload upload)
    {
        var files = upload.Files.Where(file => file.Field == "image_file").ToList();
        var (text, url) = (upload["image_file_b64"], upload["image_url"]);
        var sources = files.Count + (text is null ? 0 : 1) + (url is null ? 0 : 1);
        if (sources > 1)
        {
            throw new FaultException(KnownFaults.MultipleSources("Send exactly one of image_file, image_file_b64 and image_url."));
        }

        if (url is not null)
        {
            throw new FaultException(KnownFaults.NoDownload("image_url"));
        }

        return text is not null ? Decode(text)
            : files.Count == 1 ? files[0].Bytes
            : throw new FaultException(KnownFaults.MissingSource("Send the picture as image_file or image_file_b64."));
    }

    private static byte[] Decode(string text)
    {
        // Browsers give "data:image/png;base64,…".
        var start = text.StartsWith("data:", StringComparison.Ordinal) ? text.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        var bytes = new byte[(text.Length - start) * 3L / 4];
        return Convert.TryFromBase64Chars(text.AsSpan(start), bytes, out var length)
            ? bytes[..length]
            : throw new FaultException(KnownFaults.MalformedBody("image_file_b64 is not base 64; encode the file's bytes and send the text whole."));
    }

    private static CutoutFormat ReadFormat(string format) => format switch
    {
        "auto" => CutoutFormat.Auto,
        "png" => CutoutFormat.Png,
        "jpg" => CutoutFormat.Jpeg,
        "zip" => CutoutFormat.Zip,
        _ => throw new FaultException(KnownFaults.Invalid("format", format, "auto, png, jpg or zip")),
    };

    private static Func<CutoutFormat, long> ReadSize(string size) => size switch
    {
        "preview" or "small" or "regular" => _ => Preview,
        "medium" => _ => Medium,
        "hd" => _ => Hd,
        "full" or "4k" or "auto" => format => format == CutoutFormat.Png ? FullPng : Full,
        "50MP" => format => format == CutoutFormat.Png ? FullPng : Largest,
        _ => throw new FaultException(KnownFaults.Invalid("size", size, "preview, medium, hd, full, 50MP or auto")),
    };

    private static BackgroundColour? ReadBackground(string? colour) =>
        colour is null ? null
        : BackgroundColour.TryParse(colour, out var parsed) ? parsed
        : throw new FaultException(KnownFaults.Invalid("bg_color", colour, "3, 4, 6 or 8 hexadecimal digits, or a CSS colour name"));

    // A caller's hint is the best that is known of what the picture shows.
    private static string? ReadType(Upload upload) =>
        upload["type_level"] == "none" ? null
        : upload["type"] switch
        {
            "person" or "product" or "animal" or "car" or "transportation" => upload["type"],
            "graphic" or "graphics" => "graphics",
            _ => "other",
        };
}
