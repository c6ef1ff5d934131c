using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Hosts that were built before the launch: <c>var app = …; Launcher.Start(() => app.Run())</c>.</summary>
public sealed class CapturedHostTests
{
    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Case("closure", host => new(() => host.Run()));
        yield return Case("async closure", host => new(async () => await host.RunAsync()));
        yield return Case("closure in a closure", InnerClosure);
        yield return Case("closure that returns", host => new(() => { host.Start(); }));
        yield return Case("field of this", host => new Holder(host).RunField());
        yield return Case("field of this and a variable", host => new Holder(host).RunFieldAndVariable());
        yield return Case("method group", host => new(host.Run));
        yield return Case("another thread", host => new(() => Task.Run(() => host.Run()).Wait()));

        static TestCaseData Case(string name, Func<IHost, Launcher> launcher) =>
            new TestCaseData(launcher).SetArgDisplayNames(name);

        static Launcher InnerClosure(IHost host)
        {
            foreach (var inner in new[] { "in a scope of its own" })
            {
                return new(() =>
                {
                    GC.KeepAlive(inner);
                    host.Run();
                });
            }

            throw new InvalidOperationException();
        }
    }

    [TestCaseSource(nameof(Shapes))]
    public void A_captured_host_is_noticed_when_the_launch_starts_it(Func<IHost, Launcher> launcher)
    {
        var service = new CountingService();
        var host = TestHosts.With(service);

        using var handle = launcher(host).Start();

        Assert.That(handle.Hosts, Is.EqualTo(new[] { host }));
        Assert.That(TestHosts.HasStarted(host), Is.True);
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(service.Steps, Is.EqualTo(CountingService.OnceEach));
    }

    [Test]
    public void A_captured_host_that_is_disposed_already_is_no_concern_of_the_launch()
    {
        var host = TestHosts.With();
        host.Dispose();

        using var handle = Launcher.Start(() => GC.KeepAlive(host));

        Assert.That(handle.Hosts, Is.Empty);
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_captured_host_that_other_code_starts_is_neither_detected_nor_stopped()
    {
        using var host = TestHosts.With();
        using var handle = Launcher.Start(() => GC.KeepAlive(host));
        await host.StartAsync();

        Assert.That(handle.Hosts, Is.Empty);
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(TestHosts.IsAskedToStop(host), Is.False);
        await host.StopAsync();
    }

    [Test]
    public async Task A_captured_host_that_runs_already_is_not_stopped()
    {
        using var host = TestHosts.With();
        await host.StartAsync();
        using (var handle = Launcher.Start(() => GC.KeepAlive(host)))
        {
            Assert.That(handle.Hosts, Is.Empty);
        }

        Assert.That(TestHosts.IsAskedToStop(host), Is.False);
        await host.StopAsync();
    }

    private static IEnumerable<TestCaseData> Overlays()
    {
        yield return Case("Configuration", new() { Configuration = { ["greeting"] = "hello" } });
        yield return Case("ConfigureAppHost", new LaunchOptions().ConfigureAppHost(_ => { }));

        static TestCaseData Case(string name, LaunchOptions options) => new TestCaseData(options).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Overlays))]
    public void Options_that_would_change_a_captured_host_fail_the_start(LaunchOptions options)
    {
        var service = new CountingService();
        var host = TestHosts.With(service);

        var exception = Assert.Throws<LaunchException>(() => Launcher.Start(() => host.Run(), options));

        Assert.That(exception.Message, Does.Contain("was built before the launch").And.Contain("UseLoopback"));
        Assert.That(service.Steps, Is.EqualTo(CountingService.OnceEach));
    }

    [Test]
    public async Task The_fault_of_a_captured_hosts_background_service_is_the_outcome()
    {
        var fault = new InvalidOperationException("fault");
        var service = new FaultingService(fault);
        var host = TestHosts.With(service);
        await using var handle = await Launcher.StartAsync(() => host.Run()).Within();

        service.Open();
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(fault));
    }

    [Test]
    public void A_start_ends_though_the_callback_for_a_captured_host_never_does()
    {
        using var gate = new ManualResetEventSlim();
        var host = TestHosts.With();
        var options = new LaunchOptions { StartTimeout = TimeSpan.FromMilliseconds(200), StopTimeout = TestLaunch.ShortStop }
            .OnAppHostStarted((_, _) => TestLaunch.WaitStubbornly(gate));

        try
        {
            Assert.CatchAsync<LaunchTimeoutException>(() => Launcher.StartAsync(() => host.Run(), options).Within());
        }
        finally
        {
            gate.Set();
        }
    }

    private sealed class Holder(IHost host)
    {
        private readonly IHost host = host;

        public Launcher RunField() => new(() => this.host.Run());

        public Launcher RunFieldAndVariable()
        {
            var variable = "local";
            return new(() =>
            {
                GC.KeepAlive(variable);
                this.host.Run();
            });
        }
    }
}
