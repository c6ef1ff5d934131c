using System.Net;
using Cluster;

namespace SafeLaunch.Scale.Tests;

/// <summary>Three silos of Orleans, each a launch, as one cluster.</summary>
public sealed class ClusterTests
{
    private const int Counters = 60;

    private static readonly string[] All = ["silo-1", "silo-2", "silo-3"];

    [Test]
    public async Task Calls_go_on_while_one_of_three_silos_is_stopped_and_launched_again()
    {
        var ports = All.Select(_ => NewPorts()).ToArray();

        await CallStopAndLaunchAgainAsync((name, own) => SiloLaunchers.InThisProcess(name, Membership.OnThisMachine(own, first: ports[0])), ports);
    }

    [Test]
    public async Task Calls_go_on_while_one_of_three_silos_in_child_processes_is_stopped_and_launched_again()
    {
        var ports = All.Select(_ => NewPorts()).ToArray();

        await CallStopAndLaunchAgainAsync((name, own) => SiloLaunchers.InChildProcess(name, own, first: ports[0]), ports);
    }

    [Test]
    public async Task Calls_go_on_while_one_of_three_silos_whose_list_is_in_Redis_is_stopped_and_launched_again()
    {
        using var redis = await RedisServer.StartAsync();

        await CallStopAndLaunchAgainAsync((name, own) => SiloLaunchers.InThisProcess(name, Membership.InRedis(own, redis.Address, IPAddress.Loopback)), [.. All.Select(_ => NewPorts())]);
    }

    private static async Task CallStopAndLaunchAgainAsync(Func<string, SiloPorts, Launcher> makeLauncher, SiloPorts[] ports)
    {
        await using var silos = new LaunchedSilos([.. All.Zip(ports, makeLauncher)]);
        await silos.StartAsync().Within();
        Assert.That(All.Select(silos.AddressOf), Is.Unique);
        await SpreadAsync(silos, All);

        Assert.That((await silos.StopAsync("silo-3").Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        var left = await silos.CallAsync("silo-1", Counters).Within();
        Assert.That(left.Keys, Is.SubsetOf(new[] { "silo-1", "silo-2" }));
        Assert.That(left.Values.Sum(), Is.EqualTo(Counters));

        await silos.StartAsync("silo-3").Within();
        await SpreadAsync(silos, All);
        Assert.That((await silos.CallAsync("silo-3", Counters).Within()).Values.Sum(), Is.EqualTo(Counters));
    }

    /// <summary>A silo may learn of the last one a moment later. Counters that live somewhere stay there, so each round takes new ones.</summary>
    private static async Task SpreadAsync(LaunchedSilos silos, string[] expected)
    {
        using var patience = new CancellationTokenSource(Gate.Patience);
        var counters = Counters;
        SortedDictionary<string, int> homes;
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            homes = await silos.CallAsync("silo-1", counters += Counters).Within();
        }
        while (!homes.Keys.SequenceEqual(expected, StringComparer.Ordinal));
    }

    private static SiloPorts NewPorts() => new(TakenPort.ThatIsFreeAgain(), TakenPort.ThatIsFreeAgain());
}
