using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

/// <summary>What one launch says of itself to the parts of SafeLaunch that hold it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LaunchTests
{
    private static readonly InvalidOperationException Error = new("crash");

    [Test]
    public async Task A_launch_that_runs_is_neither_crashing_nor_draining_nor_given_up()
    {
        var launch = await BeginAsync(TestLaunch.UntilStopped, options => options.StopTimeout = TimeSpan.FromMinutes(3)).Within();

        Assert.That((launch.IsCrashing, launch.IsDraining, launch.StartWasGivenUp), Is.EqualTo((false, false, false)));
        Assert.That(LaunchConcern.Of(launch), Is.Null);
        Assert.That(launch.LongestStop, Is.EqualTo(TimeSpan.FromMinutes(3) + TestLaunch.StopMargin));
        Assert.That(() => launch.AppServices, Throws.TypeOf<LaunchException>().With.Message.Contains("has no generic host"));

        launch.RequestStop("It was asked to stop.");
        await launch.Completion.Within();
        Assert.That((launch.IsCrashing, launch.StartWasGivenUp), Is.EqualTo((false, false)));
        Assert.That(() => launch.AppServices, Throws.TypeOf<LaunchException>().With.Message.Contains("has ended"));
        Assert.That(launch.Hosts, Is.Empty);
        Assert.That(launch.LoggerFor(host: null), Is.SameAs(NullLogger.Instance));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_launch_that_crashes_is_crashing_and_its_start_was_given_up_only_if_it_was_not_ready(bool isReady)
    {
        var launch = await BeginAsync(context =>
        {
            if (isReady)
            {
                context.SignalReady();
            }

            throw Error;
        }).Within();
        await launch.Completion.Within();

        Assert.That((launch.IsCrashing, launch.StartWasGivenUp), Is.EqualTo((true, !isReady)));
    }

    [Test]
    public async Task A_launch_that_is_asked_to_stop_before_it_is_ready_is_neither_crashing_nor_given_up()
    {
        var launch = await BeginAsync(context =>
        {
            LaunchScope.CurrentLaunch!.RequestStop("It was asked to stop.");
            context.Stopping.WaitHandle.WaitOne();
        }).Within();
        await launch.Completion.Within();

        Assert.That((launch.IsCrashing, launch.StartWasGivenUp), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task An_error_that_would_have_failed_a_start_is_kept_where_the_launch_is_ending_already()
    {
        using var log = new LogRecorder();
        Launch? own = null;
        var launch = await BeginAsync(
            _ =>
            {
                own = LaunchScope.CurrentLaunch;
                TestHosts.With().Run();
            },
            options =>
            {
                options.LoggerFactory = log.Factory;
                options.OnAppHostStarted((_, _) =>
                {
                    own!.RequestStop("It was asked to stop.");
                    throw Error;
                });
            }).Within();

        var outcome = await launch.Completion.Within();

        Assert.That((outcome.Kind, outcome.Exception), Is.EqualTo((LaunchOutcomeKind.Stopped, Error)));
        Assert.That(log.Single(LogEvents.ErrorWhileEnding).Exception, Is.SameAs(Error));
        Assert.That(log.Of(LogEvents.LaterHostFailed), Is.Empty);
    }

    [Test]
    public async Task A_launch_says_how_much_work_waits_for_its_thread()
    {
        using var gate = new ManualResetEventSlim();
        var launch = await BeginAsync(
            context =>
            {
                context.SignalReady();
                gate.Pass();
            },
            options => options.BlockingWaits = BlockingWaitBehavior.Block).Within();
        launch.SynchronizationContext.Post(_ => { }, null);
        launch.SynchronizationContext.Post(_ => { }, null);

        Assert.That(launch.QueueLength, Is.EqualTo(2));
        gate.Set();
        await launch.Completion.Within();
        Assert.That(launch.QueueLength, Is.Zero);
    }

    [Test]
    public async Task A_launch_knows_whether_its_caller_runs_inside_of_it()
    {
        var isInside = new List<bool>();
        var launch = await BeginAsync(context =>
        {
            Note();
            Task.Run(Note).Wait();
            TestUnflowed(Note);
            context.SignalReady();
            context.Stopping.WaitHandle.WaitOne();
        }).Within();
        await launch.InvokeAsync(() =>
        {
            Note();
            return Task.FromResult(true);
        }).Within();

        Assert.That(isInside, Is.EqualTo(new[] { true, true, false, true }));
        Assert.That(launch.IsInside, Is.False);
        launch.RequestStop("It was asked to stop.");
        await launch.Completion.Within();

        void Note() => isInside.Add(LaunchScope.CurrentLaunch is { IsInside: true });
    }

    [Test]
    public async Task The_services_of_a_launch_are_those_of_the_app_host_that_it_built_first()
    {
        var launch = await BeginAsync(context =>
        {
            Build("first").Start();
            Build("second").Start();
            context.Stopping.WaitHandle.WaitOne();
        }).Within();

        Assert.That(launch.AppServices.GetRequiredService<string>(), Is.EqualTo("first"));
        launch.RequestStop("It was asked to stop.");
        await launch.Completion.Within();

        static IHost Build(string name)
        {
            var builder = TestHosts.Builder();
            builder.Services.AddSingleton(name);
            return builder.Build();
        }
    }

    /// <summary>Runs an action on a thread that the caller's flow does not reach.</summary>
    private static void TestUnflowed(Action action)
    {
        using var hasRun = new ManualResetEventSlim();
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                action();
                hasRun.Set();
            },
            state: null);
        hasRun.Pass();
    }

    /// <summary>A launch whose start has ended, well or not.</summary>
    private static async Task<ILaunch> BeginAsync(Action<LaunchContext> code, Action<LaunchOptions>? configure = null)
    {
        var launch = Launcher.For(code, configure).Source.Begin(new());
        await Task.WhenAny(launch.Started);
        launch.Started.Forget();
        return launch;
    }
}
