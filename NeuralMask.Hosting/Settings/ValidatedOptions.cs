using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NeuralMask.Hosting.Settings;

/// <summary>How every options record of the project is registered.</summary>
public static class ValidatedOptions
{
    /// <summary>Name of the configuration section that all options of the project are read from.</summary>
    public const string Section = "NeuralMask";

    /// <summary>Binds <typeparamref name="T"/> to the section <see cref="Section"/> and checks it before anything starts.</summary>
    public static IServiceCollection AddValidatedOptions<T>(this IServiceCollection services, IConfiguration configuration)
        where T : class
    {
        services.AddOptions<T>().Bind(configuration.GetSection(Section)).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
