using System.Diagnostics;
using System.Globalization;

namespace NeuralMask.Imaging.Tests;

[Collection(nameof(Alone))]
public sealed class HostileFilesTests
{
    private const string CasesVariable = "NEURALMASK_FUZZ_CASES";
    private const int UsualCases = 2_000;
    private const int Seed = 20;
    private const long Growth = 150_000_000;

    // A case takes a millisecond; this is for a machine that is busy with other things.
    private static readonly TimeSpan LongestCase = TimeSpan.FromSeconds(10);
    private static readonly PictureLimits Limits = new() { MaxPixels = 2_000_000, MaxSide = 8_000 };

    [Fact]
    public void Whatever_is_sent_gives_a_picture_or_a_refusal_within_time_and_memory()
    {
        var cases = int.TryParse(Environment.GetEnvironmentVariable(CasesVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : UsualCases;
        var files = Corpus.Files();
        foreach (var file in files)
        {
            Draw.Read(file).Dispose();
        }

        var resident = ProcessMemory.Resident;
        var outcomes = new Dictionary<string, int>();
        for (var number = 0; number < cases; number++)
        {
            var began = Stopwatch.GetTimestamp();
            var outcome = Try(files, number);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            Assert.True(Stopwatch.GetElapsedTime(began) < LongestCase, $"Case {number} of seed {Seed} took {Stopwatch.GetElapsedTime(began)}.");
            if (number % 500 == 0)
            {
                Assert.True(ProcessMemory.Resident - resident < Growth, $"Up to case {number} of seed {Seed}, {ProcessMemory.Resident - resident} bytes came to stay.");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{cases} cases of {files.Count} files, {(ProcessMemory.Resident - resident) / 1e6:0} MB more at the end: {string.Join(", ", outcomes.Select(pair => $"{pair.Value} {pair.Key}"))}");
        Assert.True(outcomes.ContainsKey("Read"));
    }

    [Fact]
    public void Noise_is_no_picture()
    {
        var dice = new Random(21);
        for (var round = 0; round < 200; round++)
        {
            var noise = new byte[dice.Next(1, 300)];
            dice.NextBytes(noise);

            var refusal = Assert.Throws<PictureException>(() => PictureHeader.Read(noise, Draw.Limits));

            Assert.NotEqual(PictureFault.Empty, refusal.Fault);
        }
    }

    // Each case has dice of its own, so that one that fails can be run alone.
    private static string Try(IReadOnlyList<byte[]> files, int number)
    {
        var dice = new Random((Seed * 1_000_003) + number);
        var file = Damage.Do(files[number % files.Count], files[dice.Next(files.Count)], dice);
        try
        {
            var header = PictureHeader.Read(file, Limits);
            using var read = PictureDecoder.Decode(file, header, number % 2 == 0 ? DamagedPixels.Refused : DamagedPixels.Filled, CancellationToken.None);
            Assert.Equal((header.DisplayedWidth, header.DisplayedHeight), (read.Width, read.Height));
            Assert.InRange((long)read.Width * read.Height, 1, Limits.MaxPixels);
            Assert.True(header.HasAlpha || Opaque(read), "A picture that is opaque by its header is not.");
            return "Read";
        }
        catch (PictureException refusal)
        {
            Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
            return refusal.Fault.ToString();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Case {number} of seed {Seed} ({file.Length} bytes) failed: {failure.Message}", failure);
        }
    }

    private static bool Opaque(Picture picture)
    {
        // Asking for the pixels forgets what is only believed.
        _ = picture.Pixels;
        return picture.IsOpaque;
    }
}
