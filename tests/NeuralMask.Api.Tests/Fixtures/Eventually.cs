using System.Diagnostics;

namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>Waits for what another thread or process brings about.</summary>
internal static class Eventually
{
    // Only a test that fails waits so long, and a machine that does much else is no failure.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task True(Func<Task<bool>> condition, string otherwise)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Deadline, otherwise);
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    public static Task True(Func<bool> condition, string otherwise) => True(() => Task.FromResult(condition()), otherwise);
}
