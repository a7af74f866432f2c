using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Providers;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Testing;

namespace NeuralMask.Grains.Tests.Matting;

public sealed class SiloSessionsTests : IDisposable
{
    private const int Side = 128;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_session_runs_a_real_network()
    {
        const int Sessions = 3;
        var options = Options.Create(new InferenceOptions { MaxWorkers = Sessions, ThreadsPerSession = 1 });
        using var sessions = Made.Sessions(new CpuSessionOpener(options), TimeProvider.System, Sessions);
        sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid, side: Side), CancellationToken.None);

        Assert.Equal(Sessions, sessions.Count);
        Assert.Equal(("toy", "cpu", "fp32"), (sessions.Model!.Id, sessions.Model.Provider, sessions.Model.Precision));
        Assert.True(sessions.Model.SecondsPerRun > 0);
        var red = Enumerable.Range(0, Side * Side).SelectMany(_ => new byte[] { 200, 20, 20 }).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(session => sessions.Run(session, Picture(red), Stop)));
        foreach (var answer in answers)
        {
            Assert.Equal((MattingOutcome.Done, Side, Side), (answer.Outcome, answer.Width, answer.Height));
            Assert.All(answer.Alpha, alpha => Assert.Equal(byte.MaxValue, alpha));
            Assert.True(answer.Ran > TimeSpan.Zero);
        }

        Assert.Equal(answers.Sum(answer => answer.Ran.TotalSeconds), sessions.BusySeconds, answers.Sum(answer => answer.Ran.TotalSeconds));
        Assert.True(sessions.BusySeconds > 0);
    }

    [Fact]
    public async Task A_picture_that_fails_takes_nothing_with_it()
    {
        var options = Options.Create(new InferenceOptions { ThreadsPerSession = 1 });
        using var sessions = Made.Sessions(new CpuSessionOpener(options), TimeProvider.System);
        sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid, side: Side), CancellationToken.None);

        var failed = await sessions.Run(0, Picture(new byte[Side * Side * 3]) with { Width = Side - 1 }, Stop);
        Assert.Equal(MattingOutcome.Failed, failed.Outcome);
        Assert.NotEmpty(failed.Reason);
        Assert.Equal(MattingOutcome.Done, (await sessions.Run(0, Picture(new byte[Side * Side * 3]), Stop)).Outcome);
    }

    [Fact]
    public async Task Whatever_a_picture_throws_stays_with_it()
    {
        var opener = new TestOpener
        {
            Run = (number, _) => number == 1 ? throw new InvalidOperationException("of this picture alone") : [number],
        };
        using var sessions = Made.Sessions(opener, _clock);
        sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);

        var failed = await sessions.Run(0, Made.Picture(1), Stop);
        Assert.Equal((MattingOutcome.Failed, "of this picture alone"), (failed.Outcome, failed.Reason));
        Assert.Equal([2], (await sessions.Run(0, Made.Picture(2), Stop)).Alpha);
    }

    [Fact]
    public async Task A_picture_that_is_cancelled_before_its_turn_is_not_computed()
    {
        using var sessions = Made.Sessions(new CpuSessionOpener(Options.Create(new InferenceOptions { ThreadsPerSession = 1 })), TimeProvider.System);
        sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid, side: Side), CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sessions.Run(0, Picture(new byte[Side * Side * 3]), new CancellationToken(canceled: true)));
        Assert.Equal(MattingOutcome.Done, (await sessions.Run(0, Picture(new byte[Side * Side * 3]), Stop)).Outcome);
    }

    [Fact]
    public async Task A_picture_that_is_cancelled_while_it_runs_frees_its_session()
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var opener = new TestOpener
        {
            Run = (number, token) =>
            {
                if (number == 1)
                {
                    began.SetResult();
                    token.WaitHandle.WaitOne(Patience);
                    token.ThrowIfCancellationRequested();
                }

                return [number];
            },
        };
        using var sessions = Made.Sessions(opener, _clock);
        sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);
        using var caller = new CancellationTokenSource();
        var gone = sessions.Run(0, Made.Picture(1), caller.Token);
        await began.Task.WaitAsync(Patience, Stop);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal([2], (await sessions.Run(0, Made.Picture(2), Stop)).Alpha);
    }

    [Fact]
    public void A_model_that_fails_its_self_test_is_never_warm()
    {
        using var sessions = Made.Sessions(new CpuSessionOpener(Options.Create(new InferenceOptions { ThreadsPerSession = 1 })), TimeProvider.System, sessions: 2);
        var twice = ToyModel.Load(_folder.Path, ToyGraph.Sigmoid, manifest => manifest with { Output = manifest.Output with { Activation = Activation.Sigmoid } });

        Assert.Throws<ModelException>(() => sessions.Open(twice, CancellationToken.None));
        Assert.Null(sessions.Model);
        Assert.Equal(0, sessions.Count);
    }

    [Fact]
    public void Sessions_that_were_opened_are_given_back_where_a_later_one_cannot_be()
    {
        var opener = new FailingOpener(good: 2);
        using var sessions = Made.Sessions(opener, _clock, sessions: 3);

        Assert.Throws<ModelException>(() => sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None));
        Assert.Null(sessions.Model);
        Assert.Equal(2, opener.Inner.Opened.Count);
        Assert.All(opener.Inner.Opened, session => Assert.True(session.IsDisposed));
    }

    [Fact]
    public async Task Busy_seconds_count_what_runs_now()
    {
        var began = new SemaphoreSlim(0);
        var end = new SemaphoreSlim(0);
        var opener = new TestOpener
        {
            Run = (number, token) =>
            {
                began.Release();
                end.Wait(Patience, token);
                return [number];
            },
        };
        using var sessions = Made.Sessions(opener, _clock, sessions: 2);
        sessions.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);
        Assert.Equal(0, sessions.BusySeconds);

        var both = new[] { sessions.Run(0, Made.Picture(1), Stop), sessions.Run(1, Made.Picture(2), Stop) };
        Assert.True(await began.WaitAsync(Patience, Stop) && await began.WaitAsync(Patience, Stop));
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(6, sessions.BusySeconds, 6);

        end.Release(2);
        var answers = await Task.WhenAll(both);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(6, sessions.BusySeconds, 6);
        Assert.All(answers, answer => Assert.Equal(TimeSpan.FromSeconds(3), answer.Ran));
    }

    private static MattingRequest Picture(byte[] rgb) => Made.Picture() with { Rgb = rgb, Width = Side, Height = Side };

    private sealed class FailingOpener(int good) : ISessionOpener
    {
        public TestOpener Inner { get; } = new();

        public string Provider => "test";

        public bool NeedsWeights => false;

        public (IMattingSession Session, TimeSpan RunTime) Open(LoadedModel model, CancellationToken cancellationToken) =>
            Inner.Opened.Count < good ? Inner.Open(model, cancellationToken) : throw new ModelException("The device is full.");
    }
}
