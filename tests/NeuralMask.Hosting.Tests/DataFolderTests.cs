using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace NeuralMask.Hosting.Tests;

public sealed class DataFolderTests
{
    [Fact]
    public void The_setting_wins_over_the_default()
    {
        var configuration = Configure("/data/mask");

        Assert.Equal("/data/mask", DataFolder.Resolve(configuration, "/home/a/.local/share"));
        Assert.Equal("/data/mask/models", DataFolder.ResolveModels(configuration));
    }

    [Fact]
    public void The_default_lies_under_the_users_application_data() =>
        Assert.Equal("/home/a/.local/share/neuralmask", DataFolder.Resolve(Configure(null), "/home/a/.local/share"));

    [Theory]
    [InlineData("")]
    [InlineData("/.local/share")]
    public void Without_a_home_the_error_names_the_setting(string applicationData)
    {
        var error = Assert.Throws<OptionsValidationException>(() => DataFolder.Resolve(Configure(null), applicationData));

        Assert.Contains("NeuralMask__DataFolder", error.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configure(string? folder) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { [DataFolder.Setting] = folder })
        .Build();
}
