namespace NeuralMask.Cluster.Tests.Processes;

/// <summary>Processes that the tests of a class use one after the other; skips them all where a program is missing.</summary>
public abstract class SharedDeployment(RedisServer redis, int silos, int fronts, params (string Setting, string Value)[] settings) : IAsyncLifetime
{
    private Deployment? _cluster;

    internal Deployment Cluster
    {
        get
        {
            Deployment.Need(fronts);
            return _cluster!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Deployment.IsPossible(fronts))
        {
            _cluster = await Deployment.Start(redis, silos, fronts, settings);
        }
    }

    public ValueTask DisposeAsync()
    {
        _cluster?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
