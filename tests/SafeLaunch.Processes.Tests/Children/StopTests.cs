using System.Net.Sockets;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>The stop of child launches.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StopTests
{
    [Test]
    public async Task A_stopped_child_has_ended_by_itself_and_its_port_is_free()
    {
        await using var server = await ChildServer.StartAsync();
        var process = await server.ProcessAsync();

        var outcome = await server.Handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped), outcome.ToString());
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(ProcessTable.IsThere(process), Is.False);
        using var again = new TcpListener(System.Net.IPAddress.Loopback, server.Handle.Address.Port);
        Assert.That(again.Start, Throws.Nothing);
    }

    [Test]
    public async Task A_child_that_ignores_every_request_is_killed_within_the_bound()
    {
        using var log = new LogRecorder();
        var launcher = Launcher.For(ChildCode.BeDeaf, options =>
        {
            options.LoggerFactory = log.Factory;
            options.StopTimeout = TestLaunch.ShortStop;
        }).InChildProcess();
        await using var handle = await launcher.StartAsync().Within();
        var process = await log.WaitForProcessAsync();
        var outcome = await handle.StopWithinBoundAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Killed), outcome.ToString());
        Assert.That(outcome.Reason, Does.Contain($"process {process} was killed"));
        Assert.That(outcome.IsSuccess, Is.False);
        await ProcessTable.IsGoneAsync(process);
    }

    [Test]
    public async Task The_end_of_the_grace_ends_a_deaf_child_long_before_its_time_out()
    {
        await using var handle = await Launcher.For(ChildCode.BeDeaf, options => options.StopTimeout = TimeSpan.FromHours(1)).InChildProcess().StartAsync().Within();
        using var grace = new CancellationTokenSource();
        var stop = handle.StopAsync(grace.Token);

        await grace.CancelAsync();

        Assert.That((await stop.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Killed));
    }

    [Test]
    public async Task Stop_can_be_called_from_several_threads_at_once()
    {
        await using var server = await ChildServer.StartAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(server.Handle.Stop))).Within();

        Assert.That(outcomes.Distinct().Single().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_stop_during_the_start_ends_the_child()
    {
        using var log = new LogRecorder();
        var launcher = Launcher.For(ChildCode.BeSlow, options => options.LoggerFactory = log.Factory).InChildProcess();
        var starting = launcher.Source.Begin(new());
        var process = await log.WaitForProcessAsync();

        starting.RequestStop("The test asks.");

        Assert.That(async () => await starting.Started.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await starting.Completion.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        await ProcessTable.IsGoneAsync(process);
    }
}
