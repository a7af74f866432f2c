namespace NeuralMask.Testing;

/// <summary>Pictures and weights that are too large or not ours to ship: found by environment variables, and a test that needs one says so and is skipped without it.</summary>
public static class TestData
{
    public const string PicturesMissing = "NEURALMASK_TEST_DATA is not set: this test needs a folder with photos/, mattes/ and removebg/.";

    public const string ModelsMissing = "NEURALMASK_TEST_MODELS is not set, or nothing has been pulled there: run `neuralmask models pull isnet-general-use --to FOLDER` and set it to FOLDER.";

    /// <summary>Folder of pictures, or null.</summary>
    public static string? Pictures { get; } = Folder("NEURALMASK_TEST_DATA");

    /// <summary>Folder of models, or null.</summary>
    public static string? Models { get; } = Folder("NEURALMASK_TEST_MODELS");

    /// <summary>A pulled weight file of the default model, or null.</summary>
    public static string? Weights(string file) =>
        Models is { } models && Path.Combine(models, "isnet-general-use", file) is var path && File.Exists(path) ? path : null;

    private static string? Folder(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path && Directory.Exists(path) ? Path.GetFullPath(path) : null;
}
