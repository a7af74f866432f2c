namespace NeuralMask.Imaging.Tests;

/// <summary>Real pictures, which lie outside the repository.</summary>
internal static class TestData
{
    private const string Variable = "NEURALMASK_TEST_DATA";

    /// <summary>A folder of the test data; skips the test where there is none.</summary>
    public static string Folder(string name)
    {
        var root = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(root), $"{Variable} does not name a folder of test pictures.");
        var folder = Path.Combine(root!, name);
        Assert.SkipUnless(Directory.Exists(folder), $"{folder} is not there.");
        return folder;
    }
}
