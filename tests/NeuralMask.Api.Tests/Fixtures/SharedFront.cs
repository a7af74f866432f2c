using NeuralMask.Api.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(SharedFront))]

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>One service as it is by default, for every test that changes nothing about it.</summary>
public sealed class SharedFront : IAsyncLifetime
{
    private Front? _front;

    internal HttpClient Client => Front.Client;

    internal Front Front => _front ?? throw new InvalidOperationException("The service has not been started.");

    public async ValueTask InitializeAsync() => _front = await Front.Start();

    public async ValueTask DisposeAsync()
    {
        if (_front is not null)
        {
            await _front.DisposeAsync();
        }
    }
}
