using NeuralMask.Cli;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first press ends cleanly, a second one at once.
    pressed.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};

return await CommandLine.RunAsync(args, CommandEnvironment.OfProcess(), cancellation.Token);
