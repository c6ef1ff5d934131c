using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Which events of the process concern the app hosts of a launch.</summary>
public sealed class HostingEventsTests
{
    [Test]
    public void Each_event_of_a_build_goes_to_the_launch_of_the_building_code()
    {
        var notes = new HostNotes();
        using var hosts = Hosts(notes);
        var events = new HostingEvents(() => hosts);
        var builder = new HostBuilder();

        events.OnNext(new KeyValuePair<string, object?>("HostBuilding", builder));
        using var host = builder.Build();
        Assert.That(host.Services.GetService<AppHost>(), Is.Not.Null);
        Assert.That(hosts.Snapshot, Is.Empty);

        events.OnNext(new KeyValuePair<string, object?>("Other", host));
        Assert.That(hosts.Snapshot, Is.Empty);
        events.OnNext(new KeyValuePair<string, object?>("HostBuilt", host));
        Assert.That(hosts.Snapshot.Select(built => built.Host), Is.EqualTo(new[] { host }));
        Assert.That(notes.Taken, Is.EqualTo("built"));
    }

    [Test]
    public void A_build_outside_of_every_launch_concerns_none()
    {
        using var host = TestHosts.With();

        Assert.That(() => new HostingEvents(() => null).OnNext(new KeyValuePair<string, object?>("HostBuilt", host)), Throws.Nothing);
    }

    [Test]
    public void Only_the_events_of_hosting_are_subscribed_to()
    {
        using var hosting = new DiagnosticListener("Microsoft.Extensions.Hosting");
        using var other = new DiagnosticListener("Other");
        var events = new HostingEvents(() => null);

        events.OnNext(other);
        Assert.That(other.IsEnabled(), Is.False);

        events.OnNext(hosting);
        Assert.That(hosting.IsEnabled(), Is.True);
    }

    private static AppHosts Hosts(IAppHostObserver observer) => new(new LaunchOptions(), keepsConsole: false, observer, () => false, logTail: null);
}
