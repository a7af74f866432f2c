using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace NeuralMask.Hosting.Tests.Models;

/// <summary>
/// A stand-in for the npm client: a script that notes its arguments and prints what a test wants. It shows that the
/// answer is understood, not that the real client gives it; <see cref="RealPackageTests"/> shows that.
/// </summary>
internal static class NpmStandIn
{
    public static string Write(TemporaryFolder folder, string output, int exitCode = 0, string complaint = "")
    {
        var answer = folder.File("answer.json");
        File.WriteAllText(answer, output);
        File.WriteAllText(folder.File("complaint"), complaint);
        var script = folder.File("npm");
        File.WriteAllText(script, $"""
            #!/bin/sh
            printf '%s\n' "$@" > '{folder.File("arguments")}'
            cat '{answer}'
            cat '{folder.File("complaint")}' >&2
            exit {exitCode}

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return script;
    }

    public static string Answer(string tarball, byte[] content) =>
        $$"""{ "dist.tarball": "{{tarball}}", "dist.integrity": "sha512-{{Convert.ToBase64String(SHA512.HashData(content))}}" }""";

    /// <summary>Packs files in the order given.</summary>
    public static byte[] Pack(params (string Path, byte[] Content)[] files)
    {
        var bytes = new MemoryStream();
        using (var zipped = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zipped, TarEntryFormat.Ustar))
        {
            foreach (var (path, content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "package/" + path)
                {
                    DataStream = new MemoryStream(content),
                });
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Cuts a file into pieces named for their hashes, and lists them.</summary>
    public static (byte[] List, (string Path, byte[] Content)[] Chunks) Cut(byte[] content, int size)
    {
        var chunks = content.Chunk(size).ToList();
        var listed = chunks.Select((chunk, index) =>
            $$"""{ "hash": "{{TestModel.Sha256(chunk)}}", "offsets": [{{index * size}}, {{(index * size) + chunk.Length}}] }""");
        var list = $$"""{ "/models/tiny": { "chunks": [{{string.Join(",", listed)}}], "size": {{content.Length}}, "mime": "application/octet-stream" } }""";
        return (
            Encoding.UTF8.GetBytes(list),
            [.. chunks.DistinctBy(TestModel.Sha256).Select(chunk => ("dist/" + TestModel.Sha256(chunk), chunk))]);
    }
}
