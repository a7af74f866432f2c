using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Providers;
using NeuralMask.Grains.Matting;
using NeuralMask.Hosting.Startup;
using NeuralMask.Testing;

namespace NeuralMask.Grains.Tests.Matting;

/// <summary>A stop whose time runs out goes on: an exception here would end the process as a crash.</summary>
public sealed class StoppingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_not_done_when_the_time_is_over_is_given_up()
    {
        var options = Options.Create(new InferenceOptions());
        using var sessions = Made.Sessions(new SimulatedSessionOpener(options), _clock);
        sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);
        var queue = new SiloQueue(sessions, options, _clock);
        queue.Admit(Made.Picture(), TestContext.Current.CancellationToken);
        using var time = new CancellationTokenSource();
        var stopping = new DrainFirst(queue, NullLogger<DrainFirst>.Instance).StoppingAsync(time.Token);
        Assert.False(stopping.IsCompleted);

        await time.CancelAsync();
        await stopping;
        Assert.True(queue.IsDraining);
    }

    [Fact]
    public async Task A_lame_duck_serves_for_its_time_and_no_longer_than_the_stop()
    {
        var duck = new LameDuck(TimeSpan.FromSeconds(10), _clock, NullLogger<LameDuck>.Instance);
        var whole = duck.StoppingAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(whole.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await whole;

        using var time = new CancellationTokenSource();
        var cut = duck.StoppingAsync(time.Token);
        await time.CancelAsync();
        await cut;
    }
}
