using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Providers;

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>Keeps a service at the point where it is about to load its model.</summary>
internal sealed class HeldModel : IDisposable
{
    private readonly ManualResetEventSlim _open = new();

    public void Replace(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<ISessionOpener>(services => new Opener(services.GetRequiredService<CpuSessionOpener>(), _open));

    public void Release() => _open.Set();

    public void Dispose()
    {
        _open.Set();
        _open.Dispose();
    }

    private sealed class Opener(CpuSessionOpener opener, ManualResetEventSlim open) : ISessionOpener
    {
        public string Provider => opener.Provider;

        public bool NeedsWeights => opener.NeedsWeights;

        public (IMattingSession Session, TimeSpan RunTime) Open(LoadedModel model, CancellationToken cancellationToken)
        {
            open.Wait(cancellationToken);
            return opener.Open(model, cancellationToken);
        }
    }
}
