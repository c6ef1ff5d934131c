using SafeLaunch.Hosting;

namespace SafeLaunch.Tests.Hosting;

public sealed class StopObserverTests
{
    [Test]
    public void A_stop_of_a_host_is_reported_once_however_often_it_is_observed()
    {
        using var host = TestHosts.With();
        var faults = new List<Exception?>();
        var observer = new StopObserver(host, faults.Add);
        observer.Observe();
        observer.Observe();

        TestHosts.LifetimeOf(host).StopApplication();

        Assert.That(faults, Is.EqualTo(new Exception?[] { null }));
    }

    [Test]
    public void An_observer_of_a_stop_that_is_asked_again_comes_before_the_callbacks_that_came_meanwhile()
    {
        using var host = TestHosts.With();
        var calls = new List<string>();
        var observer = new StopObserver(host, _ => calls.Add("observer"));
        observer.Observe();
        TestHosts.LifetimeOf(host).ApplicationStopping.Register(() => calls.Add("app"));
        observer.Observe();

        TestHosts.LifetimeOf(host).StopApplication();

        Assert.That(calls, Is.EqualTo(new[] { "observer", "app" }));
    }
}
