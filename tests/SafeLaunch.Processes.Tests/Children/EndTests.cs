namespace SafeLaunch.Processes.Tests.Children;

/// <summary>Child launches that end without a stop. ProcessFaults has the ends of the process itself.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EndTests
{
    [Test]
    public async Task The_last_lines_of_a_crashed_process_are_in_the_exception()
    {
        await using var server = await ChildServer.StartAsync();

        await server.SendAsync("/fail-fast");

        Assert.That((await server.Handle.EndAsync()).Exception?.Message, Does.Contain("The shop burns."));
    }

    [Test]
    public async Task A_host_that_stops_itself_ends_the_launch_as_in_process()
    {
        await using var server = await ChildServer.StartAsync();

        await server.SendAsync("/leave");

        var outcome = await server.Handle.EndAsync();
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned), outcome.ToString());
    }

    [Test]
    public async Task An_exception_of_the_running_code_is_the_outcome()
    {
        await using var handle = await Launcher.For(ChildCode.CrashLater).InChildProcess().StartAsync().Within();

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed), outcome.ToString());
        Assert.That(outcome.Exception?.Message, Is.EqualTo("System.InvalidOperationException: The roof came down."));
    }

    [Test]
    public async Task Code_that_returns_after_it_was_ready_has_returned()
    {
        await using var handle = await Launcher.For(ChildCode.ReturnLater).InChildProcess().StartAsync().Within();

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_supervised_child_that_crashes_is_started_again_on_the_same_port()
    {
        await using var handle = await ChildServer.LauncherOf().Supervised(options => options.Delay = TimeSpan.FromMilliseconds(1)).StartAsync().Within();
        using var client = handle.CreateClient();
        var first = await client.GetStringAsync("/process").Within();

        Assert.That(async () => await client.GetStringAsync("/exit/3").Within(), Throws.InstanceOf<HttpRequestException>());
        await handle.BecomesAsync(() => handle is { EarlierRuns.Count: 1, State: LaunchState.Running });

        Assert.That(handle.EarlierRuns[0].Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(await client.GetStringAsync("/process").Within(), Is.Not.EqualTo(first));
    }
}
