using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NeuralMask.Hosting.Models;

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>Keeps a service at the point where it is about to load its model.</summary>
internal sealed class HeldModel : IOptions<ModelOptions>, IDisposable
{
    private readonly ManualResetEventSlim _open = new();
    private ConfigurationManager? _configuration;

    public ModelOptions Value
    {
        get
        {
            _open.Wait();
            return _configuration!.GetSection("NeuralMask").Get<ModelOptions>()!;
        }
    }

    public void Replace(WebApplicationBuilder builder)
    {
        _configuration = builder.Configuration;
        builder.Services.AddSingleton<IOptions<ModelOptions>>(this);
    }

    public void Release() => _open.Set();

    public void Dispose()
    {
        _open.Set();
        _open.Dispose();
    }
}
