using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Tests.Hosting;
using SafeLaunch.Tests.Threading;

namespace SafeLaunch.Tests;

/// <summary>Why a launch ended is in its log, also where there is no handle that could say so.</summary>
public sealed class ReasonTests
{
    private static readonly InvalidOperationException Error = new("error");

    [TestCaseSource(nameof(FailedStarts))]
    public void A_start_that_fails_because(Func<LaunchOptions, Launcher> launcher, string reason)
    {
        using var log = new LogRecorder();

        Assert.That(async () => await launcher(new() { LoggerFactory = log.Factory }).StartAsync().Within(), Throws.Exception);

        Assert.That(log.Of(LogEvents.Ending).Single().Message, Does.EndWith(": " + reason));
        Assert.That(log.Of(LogEvents.LaterHostFailed), Is.Empty);
        Assert.That(log.Of(LogEvents.Ready), Is.Empty);
        Assert.That(log.Of(LogEvents.Abandoned), Is.Empty);
    }

    [Test]
    public async Task A_start_that_is_cancelled()
    {
        using var log = new LogRecorder();
        using var cancellation = new CancellationTokenSource();
        using var hasBegun = new ManualResetEventSlim();
        var start = Launcher.StartAsync(
            context =>
            {
                hasBegun.Set();
                context.Stopping.WaitHandle.WaitOne();
            },
            new() { LoggerFactory = log.Factory },
            cancellation.Token);
        hasBegun.Pass();

        cancellation.Cancel();

        Assert.That(async () => await start.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(log.Of(LogEvents.Ending).Single().Message, Does.EndWith(": Its start was cancelled."));
    }

    [TestCaseSource(nameof(Ends))]
    public async Task A_launch_that_ends_because(Func<Launcher> launcher, Action<LaunchHandle> end, string reason)
    {
        await using var handle = await launcher().StartAsync().Within();

        end(handle);

        Assert.That((await handle.EndAsync()).Reason, Is.EqualTo(reason));
    }

    private static IEnumerable<TestCaseData> FailedStarts()
    {
        yield return Case("Its delegate threw.", options => new(() => throw Error, options));
        yield return Case("Its program failed.", options => new(() => 3, options));
        yield return Case("Its own host failed to start.", options => new(() => { }, With(options, it => it.ConfigureHost = _ => throw Error)));
        yield return Case("A host that it built failed to start.", options => new(() => { _ = TestHosts.With(new FailsToStart()).RunAsync(); }, options));
        yield return Case("A host was built too early.", options => Captured(TestHosts.With(), With(options, it => it.Configuration["urls"] = "http://127.0.0.1:0")));
        yield return Case("OnAppHostStarted threw.", options => new(() => TestHosts.With().Run(), With(options, it => it.OnAppHostStarted((_, _) => throw Error))));
        yield return Case("ReadyWhen threw.", options => new(() => { }, With(options, it => it.ReadyWhen = (_, _) => throw Error)));
        yield return Case("It was not ready in time.", options => new(
            context => { context.Stopping.WaitHandle.WaitOne(); }, With(options, it => it.StartTimeout = TimeSpan.FromMilliseconds(200))));

        static TestCaseData Case(string reason, Func<LaunchOptions, Launcher> launcher) => new TestCaseData(launcher, reason).SetArgDisplayNames(reason);

        static Launcher Captured(IHost host, LaunchOptions options) => new(() => host.Run(), options);

        static LaunchOptions With(LaunchOptions options, Action<LaunchOptions> change)
        {
            change(options);
            return options;
        }
    }

    private static IEnumerable<TestCaseData> Ends()
    {
        var service = new FaultingService(Error);
        yield return Case("A background service of a host that it runs failed.", () => new(() => TestHosts.With(service).Run()), _ => service.Open());

        var own = new FaultingService(Error);
        yield return Case(
            "A background service of its own host failed.",
            () => new(() => { }, new() { ConfigureHost = host => host.Services.AddSingleton<IHostedService>(own) }),
            _ => own.Open());

        yield return Case("Work posted to its context threw.", () => new(() => { }), handle => handle.SynchronizationContext.Post(_ => throw Error, null));
        yield return Case(
            "Its delegate returned, and no host of it runs any longer.",
            () => new(() => TestHosts.With().Run()),
            handle => TestHosts.LifetimeOf(handle.Hosts[0]).StopApplication());
        yield return Case(
            "Its own host was asked to stop.",
            () => new(() => { }),
            handle => handle.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication());

        static TestCaseData Case(string reason, Func<Launcher> launcher, Action<LaunchHandle> end) =>
            new TestCaseData(launcher, end, reason).SetArgDisplayNames(reason);
    }

    private sealed class FailsToStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw Error;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
