using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
        services.AddOptions<T>().Bind(configuration.GetSection(Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>, OwnWords<T>>();
        return services;
    }

    // The framework's validator puts the name of the record and more around a sentence that says all there is to say.
    private sealed class OwnWords<T> : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var results = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(results.Select(result => result.ErrorMessage ?? ""));
        }
    }
}
