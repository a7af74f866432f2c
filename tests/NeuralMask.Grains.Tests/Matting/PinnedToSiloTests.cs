using Microsoft.Extensions.DependencyInjection;
using NeuralMask.Grains.Inference;
using NeuralMask.Grains.Interfaces.Matting;
using NeuralMask.Grains.Matting;
using NeuralMask.Grains.Matting.Placement;
using NeuralMask.Testing;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.TestingHost;

namespace NeuralMask.Grains.Tests.Matting;

/// <summary>Three silos with sessions and one without, in one process.</summary>
public sealed class PinnedToSiloTests : IAsyncLifetime
{
    private const int GpuSilos = 3;
    private const int Calls = 30;
    private readonly TemporaryFolder _folder = new();
    private InProcessTestCluster _cluster = null!;
    private string? _frontName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private InProcessSiloHandle Front => _cluster.Silos.Single(silo => silo.Name == _frontName);

    private IEnumerable<InProcessSiloHandle> Gpus => _cluster.Silos.Where(silo => silo.Name != _frontName);

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1 + GpuSilos);
        builder.Options.ConfigureFileLogging = false;
        builder.Options.AssumeHomogenousSilosForTesting = false;
        builder.ConfigureSiloHost((options, host) =>
        {
            host.Services.AddSingleton(TimeProvider.System);
            host.Services.Configure<InferenceOptions>(_ => { });
            host.Services.AddPinnedPlacement();
            host.Services.AddSingleton<SiloRoles>();
            if (IsFront(options.SiloName))
            {
                host.Services.WithoutGpuRole();
            }
            else
            {
                host.Services.AddGpuRole();
                host.Services.AddSingleton<ISessionOpener>(new TestOpener { Run = (number, _) => [number] });
            }
        });
        builder.ConfigureSilo((options, silo) => silo.UseSiloMetadata(new Dictionary<string, string>
        {
            [SiloRoles.Key] = IsFront(options.SiloName) ? SiloRoles.Front : SiloRoles.Gpu,
        }));
        _cluster = builder.Build();
        await _cluster.DeployAsync(Stop);
        foreach (var silo in Gpus)
        {
            silo.ServiceProvider.GetRequiredService<SiloSessions>().Open(ToyModel.Load(_folder.Path, ToyGraph.Sigmoid), Stop);
        }

        await _cluster.WaitForLivenessToStabilizeAsync();
        await _cluster.WaitForClusterManifestToStabilizeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_call_reaches_the_silo_that_its_key_names_and_no_other()
    {
        foreach (var caller in _cluster.Silos)
        {
            var grains = caller.ServiceProvider.GetRequiredService<IGrainFactory>();
            foreach (var target in Gpus)
            {
                var (silo, front) = (target.SiloAddress.ToParsableString(), $"{caller.Name} to {target.Name}");
                var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(number =>
                    grains.GetGrain<IMattingQueueGrain>(silo).Enqueue(Made.Picture((byte)number, tenant: $"tenant-{number}", front: front), Stop)));

                Assert.Equal(Enumerable.Range(0, Calls), answers.Select(answer => (int)answer.Alpha.Single()).Order());
                Assert.All(answers, answer => Assert.Equal(silo, answer.Report!.Silo));
                Assert.Equal(Calls, Queue(target).Report(front, silo).Arrived);
                Assert.All(Gpus.Where(other => other != target), other => Assert.Equal(0, Queue(other).Report(front, silo).Arrived));
            }
        }
    }

    [Fact]
    public async Task A_silo_without_sessions_hosts_no_matting_grain()
    {
        var front = Front.SiloAddress.ToParsableString();
        foreach (var caller in _cluster.Silos)
        {
            var grains = caller.ServiceProvider.GetRequiredService<IGrainFactory>();
            await Assert.ThrowsAnyAsync<OrleansException>(() => grains.GetGrain<IMattingQueueGrain>(front).Enqueue(Made.Picture(), Stop));
            await Assert.ThrowsAnyAsync<OrleansException>(() => grains.GetGrain<IMattingGrain>($"{front}/0").Matte(Made.Picture(), Stop));
        }

        Assert.Null(Front.ServiceProvider.GetService<SiloQueue>());
    }

    [Fact]
    public async Task A_silo_that_is_gone_is_not_replaced_by_another()
    {
        var gone = Gpus.First();
        var silo = gone.SiloAddress.ToParsableString();
        var grains = Front.ServiceProvider.GetRequiredService<IGrainFactory>();
        await grains.GetGrain<IMattingQueueGrain>(silo).Enqueue(Made.Picture(), Stop);
        await _cluster.StopSiloAsync(gone, Stop);

        await Assert.ThrowsAnyAsync<OrleansException>(() => grains.GetGrain<IMattingQueueGrain>(silo).Enqueue(Made.Picture(), Stop));
    }

    [Fact]
    public async Task Each_session_has_one_picture_at_a_time()
    {
        var silo = Gpus.First();
        var opener = (TestOpener)silo.ServiceProvider.GetRequiredService<ISessionOpener>();
        var (now, most) = (0, 0);
        opener.Run = (number, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            Interlocked.Decrement(ref now);
            return [number];
        };
        var grains = Front.ServiceProvider.GetRequiredService<IGrainFactory>();
        var queue = grains.GetGrain<IMattingQueueGrain>(silo.SiloAddress.ToParsableString());
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(number => queue.Enqueue(Made.Picture(tenant: $"tenant-{number}"), Stop)));

        Assert.Equal(1, most);
        Assert.Equal(Calls, opener.Opened.Single().Ran.Count);
    }

    // The first that is started.
    private bool IsFront(string name) => Interlocked.CompareExchange(ref _frontName, name, null) is null || _frontName == name;

    private static SiloQueue Queue(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<SiloQueue>();
}
