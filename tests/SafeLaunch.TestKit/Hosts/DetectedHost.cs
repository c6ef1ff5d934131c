using Microsoft.Extensions.Hosting;

namespace SafeLaunch.TestKit;

/// <summary>Checks that hold for a host of any kind which a launch detects.</summary>
internal static class DetectedHost
{
    /// <summary>Fails unless a launch that runs a host detects it, is ready by its start, and stops it.</summary>
    /// <param name="build">Builds the host.</param>
    public static void MakesItsLaunchReady(Func<IHost> build)
    {
        IHost? built = null;
        using var handle = Launcher.For(() =>
        {
            built = build();
            built.Run();
        }).Start();

        Assert.That(handle.Hosts, Has.Count.EqualTo(1));
        Assert.That(handle.Hosts[0].Services, Is.SameAs(built!.Services));
        Assert.That(TestHosts.HasStarted(built), Is.True);
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    /// <summary>Fails unless a launch is ready when its host has started, and not before.</summary>
    /// <param name="build">Builds the host with a service.</param>
    /// <param name="isDropped">Whether the launched code drops the task of <c>RunAsync</c>.</param>
    public static async Task IsAwaitedByTheStartAsync(Func<GatedService, IHost> build, bool isDropped)
    {
        var service = new GatedService();
        var launcher = isDropped
            ? Launcher.For(() => { _ = build(service).RunAsync(); })
            : Launcher.For(() => build(service).RunAsync());
        var start = launcher.StartAsync();
        await service.Entered.Within();
        Assert.That(start.IsCompleted, Is.False);

        service.Open();
        await using var handle = await start.Within();

        Assert.That(handle.Hosts.Select(TestHosts.HasStarted), Is.EqualTo(new[] { true }));
    }
}
