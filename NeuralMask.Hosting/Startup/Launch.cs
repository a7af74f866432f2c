using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NeuralMask.Grains.Inference.Manifests;
using NeuralMask.Hosting.Settings;

namespace NeuralMask.Hosting.Startup;

/// <summary>Runs a host to its end and turns what an operator can mend into one sentence on the error stream.</summary>
public static class Launch
{
    /// <summary>Builds and runs a host.</summary>
    /// <returns>The exit code: 0 after a clean stop, 1 when it could not start or its model could not be used.</returns>
    public static async Task<int> Run<THost>(Func<string[], THost> build, string[] args)
        where THost : IHost, IAsyncDisposable
    {
        try
        {
            await using var host = build(args);
            await Run(host);
            return host.Services.GetService<StartFailure>()?.Sentence is null ? 0 : 1;
        }
        catch (Exception failure) when (Sentence(failure) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static async Task Run(IHost host)
    {
        try
        {
            await host.StartAsync();
        }
        catch
        {
            await StopWhatStarted(host);
            throw;
        }

        await host.WaitForShutdownAsync();
    }

    // Torn down under its own feet, a silo complains at length.
    private static async Task StopWhatStarted(IHost host)
    {
        try
        {
            await host.StopAsync();
        }
        catch (InvalidOperationException)
        {
            // Nothing did, and a silo cannot be stopped then; why the start failed is what counts.
        }
    }

    private static string? Sentence(Exception failure) => failure switch
    {
        SettingException or ModelException => failure.Message,
        OptionsValidationException wrong => string.Join(Environment.NewLine, wrong.Failures),
        InvalidOperationException unreadable when unreadable.GetBaseException() is FormatException or OverflowException =>
            $"{unreadable.Message} Write a value of that type.",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } taken =>
            $"{taken.Message.TrimEnd('.')}: another process listens there; choose another address, for example --urls http://localhost:8081.",
        StackExchange.Redis.RedisConnectionException =>
            "The Redis server that NeuralMask:RedisConnection names cannot be reached: start it, or write the address of one that runs, such as redis:6379.",
        _ => null,
    };
}
