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

    /// <summary>What is wrong with options, each in one sentence of their own.</summary>
    internal static IReadOnlyList<string> Faults(object options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return [.. faults.Select(fault => fault.ErrorMessage!)];
    }

    // The framework's own validation wraps each sentence into one about data annotations.
    private sealed class OwnWords<T> : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) =>
            Faults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
