using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>The kind and the sentence of an outcome, for each thing that a stop may have to leave behind.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OutcomeWriterTests
{
    private static readonly InvalidOperationException Crash = new("crash");

    [Test]
    public async Task The_reason_says_that_the_thread_had_to_be_interrupted()
    {
        var outcome = await OutcomeAsync(TestLaunch.UntilInterrupted);

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Reason, Does.Match(@"^It was asked to stop\. It did not end within 00:00:00\.[34]\d*; its thread was interrupted\.$"));
    }

    [Test]
    public async Task A_thread_that_stays_in_launched_code_is_abandoned()
    {
        using var gate = new ManualResetEventSlim();
        using var log = new LogRecorder();
        var outcome = await OutcomeAsync(TestLaunch.UntilOpened(gate), options => options.LoggerFactory = log.Factory);
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Does.Match(@"^It was asked to stop\. It did not end within 00:00:00\.[34]\d*, not even interrupted; its thread 'shop' \(\d+\) was abandoned\.$"));
        Assert.That(outcome.Reason, Does.Contain($"({outcome.ThreadId})"));
        Assert.That(log.Single(LogEvents.Abandoned).Message, Does.Contain(outcome.Reason));
    }

    [Test]
    public async Task A_task_of_the_delegate_that_does_not_end_is_abandoned()
    {
        var outcome = await OutcomeAsync(Launcher.For(
            async context =>
            {
                context.SignalReady();
                await new TaskCompletionSource().Task;
            },
            Short));

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Does.Match(@"^It was asked to stop\. The task of its delegate did not end within 00:00:00\.[34]\d* and was abandoned; its thread 'shop' \(\d+\) is free\.$"));
    }

    [Test]
    public async Task A_launch_host_that_does_not_stop_is_abandoned()
    {
        var outcome = await OutcomeAsync(
            TestLaunch.UntilStopped,
            options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new EndlessStop())));

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Does.Match(@"^It was asked to stop\. Its launch host did not end within 00:00:00\.[34]\d* and was abandoned; its thread 'shop' \(\d+\) is free\.$"));
        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("its launch host had not ended"));
    }

    [Test]
    public async Task A_server_that_answers_after_the_stop_is_abandoned()
    {
        using var server = new TakenPort();
        var address = new Uri($"tcp://127.0.0.1:{server.Port}");

        var outcome = await OutcomeAsync(context => context.AddAddresses(address));

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Is.EqualTo(
            $"It was asked to stop. {address} still answers, so its server was abandoned; its thread 'shop' ({outcome.ThreadId}) is free. Let LaunchOptions.StopWith end that server, or let the delegate return it."));
    }

    [Test]
    public async Task A_crash_stays_a_crash_though_its_thread_is_abandoned_and_keeps_its_exception()
    {
        using var gate = new ManualResetEventSlim();
        var launch = Launcher.For(TestLaunch.UntilOpened(gate), Short).Source.Begin(new());
        await launch.Started.Within();

        ((Launch)launch).End(EndCause.Crashed("It crashed.", Crash));
        var outcome = await launch.Completion.Within();
        gate.Set();

        Assert.That((outcome.Kind, outcome.Exception), Is.EqualTo((LaunchOutcomeKind.Crashed, Crash)));
        Assert.That(outcome.Reason, Does.StartWith("It crashed. It did not end within").And.EndWith("was abandoned."));
    }

    [Test]
    public async Task The_outcome_of_a_launch_whose_process_was_killed_says_so_and_does_not_speak_of_its_delegate()
    {
        using var gate = new ManualResetEventSlim();
        var launch = Launcher.For(TestLaunch.UntilOpened(gate), Short).Source.Begin(new());
        await launch.Started.Within();

        ((Launch)launch).NoteKill("Its process was killed.");
        launch.RequestStop("It was asked to stop.");
        var outcome = await launch.Completion.Within();
        gate.Set();

        Assert.That(outcome.ToString(), Is.EqualTo("Killed: It was asked to stop. Its process was killed."));
    }

    [Test]
    public async Task Several_errors_of_a_stop_are_in_one_exception_that_names_the_launch()
    {
        var outcome = await OutcomeAsync(
            Launcher.For(() => new Disposable(() => throw Crash), options => Short(options.StopWith(_ => throw new InvalidOperationException("stop")))));

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.TypeOf<AggregateException>().With.Message.StartsWith("Launch 'shop' met several errors while it ended."));
    }

    private static void Short(LaunchOptions options)
    {
        options.Name = "shop";
        options.StopTimeout = TestLaunch.ShortStop;
    }

    private static Task<LaunchOutcome> OutcomeAsync(Action<LaunchContext> code, Action<LaunchOptions>? configure = null) =>
        OutcomeAsync(Launcher.For(code, (Action<LaunchOptions>)Short + configure));

    private static async Task<LaunchOutcome> OutcomeAsync(Launcher launcher)
    {
        await using var handle = await launcher.StartAsync().Within();
        return await handle.StopAsync().Within();
    }

    private sealed class EndlessStop : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task;
    }
}
