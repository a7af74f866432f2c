namespace NeuralMask.Api.Tests.Fixtures;

/// <summary>
/// The system's clock, on which a test can hold the sessions in the middle of a picture and let a deadline pass: a
/// session asks for the time before and after its work, and a deadline is a timer.
/// </summary>
internal sealed class HeldClock(params TimeSpan[] deadlines) : TimeProvider, IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly SemaphoreSlim _held = new(0);
    private readonly Lock _gate = new();
    private readonly List<HeldTimer> _timers = [];

    /// <summary>From now on a session that begins a picture stays with it.</summary>
    public void Hold() => _open.Reset();

    /// <summary>Lets every session go on.</summary>
    public void Release() => _open.Set();

    /// <summary>Waits until a session is held.</summary>
    public Task SessionHeld() => _held.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets the deadlines of all requests pass that are under way.</summary>
    public void PassDeadlines()
    {
        List<HeldTimer> due;
        lock (_gate)
        {
            due = [.. _timers];
        }

        due.ForEach(timer => timer.Fire());
    }

    public override long GetTimestamp()
    {
        if (!_open.IsSet && Thread.CurrentThread.Name?.StartsWith("matting session", StringComparison.Ordinal) == true)
        {
            _held.Release();
            _open.Wait();
        }

        return base.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!deadlines.Contains(dueTime))
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new HeldTimer(() => callback(state));
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    public void Dispose()
    {
        _open.Set();
        _open.Dispose();
        _held.Dispose();
    }

    private sealed class HeldTimer(Action due) : ITimer
    {
        private volatile bool _disposed;

        public void Fire()
        {
            if (!_disposed)
            {
                due();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !_disposed;

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            _disposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
