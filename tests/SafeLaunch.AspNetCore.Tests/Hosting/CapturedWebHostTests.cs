using Microsoft.AspNetCore.Builder;

namespace SafeLaunch.AspNetCore.Tests.Hosting;

/// <summary>A WebApplication that was built before the launch: <c>var app = …; Launcher.For(() => app.Run())</c>.</summary>
public sealed class CapturedWebHostTests
{
    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Case("closure", app => Launcher.For(() => app.Run()));
        yield return Case("async closure", app => Launcher.For(async () => await app.RunAsync()));
        yield return Case("field of this", app => new Holder(app).Run());

        static TestCaseData Case(string name, Func<WebApplication, Launcher> launcher) =>
            new TestCaseData(launcher).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Shapes))]
    public void A_captured_web_host_is_detected_when_the_launch_starts_it(Func<WebApplication, Launcher> launcher)
    {
        var service = new CountingService();
        var app = WebHosts.With(service);

        using var handle = launcher(app).Start();

        Assert.That(handle.Hosts, Is.EqualTo(new[] { app }));
        Assert.That(TestHosts.HasStarted(app), Is.True);
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(service.Steps, Is.EqualTo(CountingService.OnceEach));
    }

    [Test]
    public void UseLoopback_fails_the_start_of_a_captured_web_host()
    {
        var service = new CountingService();
        var app = WebHosts.With(service);

        var exception = Assert.Throws<LaunchException>(() => Launcher.For(() => app.Run(), options => options.UseLoopback()).Start());

        Assert.That(exception.Message, Does.Contain("was built before the launch"));
        Assert.That(service.Steps, Is.EqualTo(CountingService.OnceEach));
    }

    [Test]
    public async Task The_fault_of_a_background_service_of_a_captured_web_application_is_the_outcome()
    {
        var fault = new InvalidOperationException("fault");
        var service = new FaultingService(fault);
        var app = WebHosts.With(service);
        await using var handle = await Launcher.For(() => app.Run()).StartAsync().Within();

        service.Open();
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(fault));
    }

    private sealed class Holder(WebApplication app)
    {
        private readonly WebApplication app = app;

        public Launcher Run() => Launcher.For(() => this.app.Run());
    }
}
