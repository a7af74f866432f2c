using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting;
using NeuralMask.Testing;

namespace NeuralMask.Grains.Tests.Matting;

public sealed class SessionPoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pictures_are_refused_until_the_model_is_warm()
    {
        await using var pool = Pool(1);

        Assert.False(pool.IsReady);
        Assert.Equal(MattingOutcome.NotReady, (await pool.Run(Request(), CancellationToken.None)).Outcome);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Every_picture_gets_its_own_mask(int sessions)
    {
        await using var pool = Pool(sessions);
        pool.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);

        // Full red is subject and full blue is background to the toy.
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => pool.Run(Request(red: i % 2 == 0), CancellationToken.None)));

        Assert.All(answers, answer => Assert.Equal(MattingOutcome.Done, answer.Outcome));
        Assert.Equal(answers.Select((_, i) => i % 2 == 0 ? 255 : 0), answers.Select(answer => (int)answer.Alpha[0]));
        Assert.Equal((0, 0), (pool.QueueLength, pool.Running));
    }

    [Fact]
    public async Task A_model_that_fails_its_self_test_is_never_ready()
    {
        await using var pool = Pool(1);
        var wrong = ToyModel.Load(_folder.Path, ToyGraph.Sigmoid, manifest => manifest with { Output = manifest.Output with { Activation = Activation.Sigmoid } });

        Assert.Throws<ModelException>(() => pool.Open(wrong, CancellationToken.None));
        Assert.False(pool.IsReady);
    }

    [Fact]
    public async Task A_picture_that_a_session_cannot_take_fails_alone()
    {
        await using var pool = Pool(1);
        pool.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);

        var broken = await pool.Run(Request() with { Width = 7 }, CancellationToken.None);
        var whole = await pool.Run(Request(), CancellationToken.None);

        Assert.Equal(MattingOutcome.Failed, broken.Outcome);
        Assert.NotEmpty(broken.Reason);
        Assert.Equal(MattingOutcome.Done, whole.Outcome);
    }

    [Fact]
    public async Task Draining_finishes_what_is_queued_and_takes_nothing_new()
    {
        await using var pool = Pool(1);
        pool.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);
        var queued = Enumerable.Range(0, 8).Select(_ => pool.Run(Request(), CancellationToken.None)).ToList();

        await pool.Drain(CancellationToken.None);

        Assert.All(await Task.WhenAll(queued), answer => Assert.Equal(MattingOutcome.Done, answer.Outcome));
        Assert.Equal(MattingOutcome.NotReady, (await pool.Run(Request(), CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task More_work_than_the_bound_is_refused_with_a_time_to_come_back()
    {
        await using var pool = Pool(1, maxQueueSeconds: 1e-9);
        pool.Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), CancellationToken.None);

        // One picture may wait a session; of a hundred at once some find that place taken.
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => pool.Run(Request(), CancellationToken.None)));

        Assert.Contains(answers, answer => answer.Outcome == MattingOutcome.Done);
        Assert.All(answers.Where(answer => answer.Outcome != MattingOutcome.Done), answer =>
        {
            Assert.Equal(MattingOutcome.Full, answer.Outcome);
            Assert.True(answer.RetryAfter > TimeSpan.Zero);
        });
        Assert.Contains(answers, answer => answer.Outcome == MattingOutcome.Full);
    }

    private static SessionPool Pool(int sessions, double maxQueueSeconds = 60) => new(
        Options.Create(new InferenceOptions { MaxWorkers = sessions, ThreadsPerSession = 1, MaxQueueSeconds = maxQueueSeconds }),
        TimeProvider.System,
        NullLogger<SessionPool>.Instance);

    private static MattingRequest Request(bool red = true)
    {
        var rgb = new byte[128 * 128 * 3];
        for (var i = red ? 0 : 2; i < rgb.Length; i += 3)
        {
            rgb[i] = 255;
        }

        return new MattingRequest { Operation = "test", Rgb = rgb, Width = 128, Height = 128, Deadline = TimeProvider.System.GetUtcNow().AddMinutes(1) };
    }
}
