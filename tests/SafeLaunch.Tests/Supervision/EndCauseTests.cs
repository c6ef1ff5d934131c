using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Supervision;

/// <summary>Why a launch ended is in its log, also where there is no handle that could say so.</summary>
public sealed class EndCauseTests
{
    private static readonly InvalidOperationException Error = new("error");

    [TestCaseSource(nameof(FailedStarts))]
    public void The_log_says_why_a_start_failed(Func<Action<LaunchOptions>, Launcher> launcher, string reason)
    {
        using var log = new LogRecorder();

        Assert.That(async () => await launcher(options => options.LoggerFactory = log.Factory).StartAsync().Within(), Throws.Exception);

        Assert.That(log.Single(LogEvents.Ending).Message, Does.EndWith(": " + reason));
        Assert.That(log.Of(LogEvents.LaterHostFailed), Is.Empty);
        Assert.That(log.Of(LogEvents.Ready), Is.Empty);
        Assert.That(log.Of(LogEvents.Abandoned), Is.Empty);
    }

    [Test]
    public async Task The_log_says_that_a_start_was_cancelled()
    {
        using var log = new LogRecorder();
        using var cancellation = new CancellationTokenSource();
        using var hasBegun = new ManualResetEventSlim();
        var start = Launcher.For(
            context =>
            {
                hasBegun.Set();
                context.Stopping.WaitHandle.WaitOne();
            },
            options => options.LoggerFactory = log.Factory).StartAsync(cancellation.Token);
        hasBegun.Pass();

        cancellation.Cancel();

        Assert.That(async () => await start.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(log.Single(LogEvents.Ending).Message, Does.EndWith(": Its start was cancelled."));
    }

    [TestCaseSource(nameof(Ends))]
    public async Task The_outcome_says_why_a_launch_ended(Func<Launcher> launcher, Action<LaunchHandle> end, string reason)
    {
        await using var handle = await launcher().StartAsync().Within();

        end(handle);

        Assert.That((await handle.EndAsync()).Reason, Is.EqualTo(reason));
    }

    [Test]
    public void A_cause_to_end_knows_the_activity_of_the_caller()
    {
        using var activity = new System.Diagnostics.Activity("stop").SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C).Start();
        var inside = SafeLaunch.Supervision.EndCause.Stopped("It was asked to stop.");
        activity.Stop();

        Assert.That(inside.Activity, Is.EqualTo(activity.Context));
        Assert.That(SafeLaunch.Supervision.EndCause.Stopped("It was asked to stop.").Activity, Is.EqualTo(default(System.Diagnostics.ActivityContext)));
    }

    private static IEnumerable<TestCaseData> FailedStarts()
    {
        yield return Case("Its delegate threw.", configure => Launcher.For(() => throw Error, configure));
        yield return Case("Its program failed.", configure => Launcher.For(() => 3, configure));
        yield return Case("Its launch host failed to start.", configure => Launcher.For(() => { }, With(configure, it => it.ConfigureLaunchHost(_ => throw Error))));
        yield return Case("A host that it built failed to start.", configure => Launcher.For(() => { _ = TestHosts.With(new FailsToStart()).RunAsync(); }, configure));
        yield return Case("A host was built too early.", configure => Captured(TestHosts.With(), With(configure, it => it.Configuration["urls"] = "http://127.0.0.1:0")));
        yield return Case("OnAppHostStarted threw.", configure => Launcher.For(() => TestHosts.With().Run(), With(configure, it => it.OnAppHostStarted((_, _) => throw Error))));
        yield return Case("ReadyWhen threw.", configure => Launcher.For(() => { }, With(configure, it => it.ReadyWhen((_, _) => throw Error))));
        yield return Case("It was not ready in time.", configure => Launcher.For(
            context => { context.Stopping.WaitHandle.WaitOne(); },
            With(configure, it => it.StartTimeout = TimeSpan.FromMilliseconds(200))));

        static TestCaseData Case(string reason, Func<Action<LaunchOptions>, Launcher> launcher) => new TestCaseData(launcher, reason).SetArgDisplayNames(reason);

        static Launcher Captured(IHost host, Action<LaunchOptions> configure) => Launcher.For(() => host.Run(), configure);

        static Action<LaunchOptions> With(Action<LaunchOptions> configure, Action<LaunchOptions> more) => configure + more;
    }

    private static IEnumerable<TestCaseData> Ends()
    {
        var service = new FaultingService(Error);
        yield return Case("A background service of a host that it runs failed.", () => Launcher.For(() => TestHosts.With(service).Run()), _ => service.Open());

        var own = new FaultingService(Error);
        yield return Case(
            "A background service of its launch host failed.",
            () => Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(own))),
            _ => own.Open());

        yield return Case("Work posted to its synchronization context threw.", () => Launcher.For(() => { }), handle => handle.SynchronizationContext.Post(_ => throw Error, null));
        yield return Case(
            "Its delegate returned, and no host of it runs any longer.",
            () => Launcher.For(() => TestHosts.With().Run()),
            handle => TestHosts.LifetimeOf(handle.Hosts[0]).StopApplication());
        yield return Case(
            "Its launch host was asked to stop.",
            () => Launcher.For(() => { }),
            handle => handle.LaunchServices.GetRequiredService<IHostApplicationLifetime>().StopApplication());

        static TestCaseData Case(string reason, Func<Launcher> launcher, Action<LaunchHandle> end) =>
            new TestCaseData(launcher, end, reason).SetArgDisplayNames(reason);
    }

    private sealed class FailsToStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw Error;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
