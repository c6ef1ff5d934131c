using Microsoft.Extensions.Logging;

namespace SafeLaunch.Processes.Tests.Commands;

/// <summary>Launches of commands.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CommandTests
{
    private static readonly string Shop = Path.Combine(Repository.OutputOf("tests/assets/Programs/ShopProgram"), "ShopProgram.dll");

    [Test]
    public async Task A_server_is_ready_by_a_line_of_its_output_and_answers_at_the_address_in_it()
    {
        await using var handle = await Launcher.ForCommand(
            "dotnet",
            [Shop, "--urls", "http://127.0.0.1:0"],
            options => options.ReadyWhen(Ready.Output("listening on: (http://[^ ]+)"))).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(handle.Name, Is.EqualTo("dotnet"));
        Assert.That(await client.GetStringAsync("/environment").Within(), Is.EqualTo("Production"));
        var outcome = await handle.StopAsync().Within();
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped), outcome.ToString());
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task A_server_is_ready_by_its_port()
    {
        var port = TakenPort.ThatIsFreeAgain();
        await using var handle = await Launcher.ForCommand(
            "dotnet",
            [Shop, "--urls", $"http://localhost:{port}"],
            options => options.ReadyWhen(Ready.Tcp(port, "http"))).StartAsync().Within();

        Assert.That(handle.Address, Is.EqualTo(new Uri($"http://localhost:{port}")));
    }

    [TestCase("echo address 0.5; sleep 1000", "neither an address nor a port")]
    [TestCase("echo address 99999; sleep 1000", "neither an address nor a port")]
    [TestCase("echo 'No bread today.'; exit 3", "ended with exit code 3, before it was ready. Its last lines:", "No bread today.")]
    [TestCase("head -c 100000 /dev/urandom; exit 4", "ended with exit code 4")]
    [TestCase("true", "ended with exit code 0, before it was ready. It has printed nothing.")]
    public async Task A_start_that_fails_says_why(string script, params string[] parts)
    {
        using var log = new LogRecorder();
        var error = await ShellLauncher(script, "^address (.+)", options => options.LoggerFactory = log.Factory).StartErrorAsync();

        Assert.That(error, Is.InstanceOf<LaunchException>());
        foreach (var part in parts)
        {
            Assert.That(error.Message, Does.Contain(part));
        }
    }

    [Test]
    public async Task A_command_that_is_not_ready_in_time_is_ended_and_its_last_lines_are_in_the_error()
    {
        var error = await ShellLauncher("echo I am slow; sleep 1000", "never", options => options.StartTimeout = TimeSpan.FromSeconds(1)).StartErrorAsync();

        Assert.That(error, Is.InstanceOf<LaunchTimeoutException>());
        Assert.That(error.Message, Does.Contain("no line of its output has matched 'never'").And.Contain("I am slow"));
    }

    [Test]
    public async Task A_command_that_does_not_exist_fails_the_start_with_the_remedy()
    {
        var error = await Launcher.ForCommand("no-such-command", configure: options => options.ReadyWhen(Ready.Tcp(1))).StartErrorAsync();

        Assert.That(error.Message, Is.EqualTo("Launch 'no-such-command': there is no command 'no-such-command' on the PATH. Install it, or pass its path."));
    }

    [Test]
    public async Task A_file_that_is_no_program_fails_the_start()
    {
        var error = await Launcher.ForCommand(Path.ChangeExtension(Shop, "pdb"), configure: options => options.ReadyWhen(Ready.Output("ready"))).StartErrorAsync();

        Assert.That(error.Message, Does.Contain("Permission denied").Or.Contain("could not be started"));
    }

    [Test]
    public async Task A_stop_lets_the_command_end_by_itself()
    {
        using var log = new LogRecorder();
        await using var handle = await ShellLauncher(
            "trap 'echo closed; exit 0' TERM; echo ready; while true; do sleep 0.01; done",
            "ready",
            options => options.LoggerFactory = log.Factory).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped), outcome.ToString());
        await log.WaitForAsync(record => record.Message.Equals("closed", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_command_that_ignores_the_stop_is_killed_with_all_that_it_has_started()
    {
        using var log = new LogRecorder();
        await using var handle = await ShellLauncher(
            "trap '' TERM; sleep 1000 & echo process $!; while true; do sleep 1; done",
            "process",
            options =>
            {
                options.LoggerFactory = log.Factory;
                options.StopTimeout = TestLaunch.ShortStop;
            }).StartAsync().Within();
        var grandchild = await log.WaitForProcessAsync();
        var outcome = await handle.StopWithinBoundAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Killed), outcome.ToString());
        await ProcessTable.IsGoneAsync(grandchild);
    }

    [Test]
    public async Task A_command_is_killed_within_the_bound_where_StopWith_takes_all_of_the_time()
    {
        using var log = new LogRecorder();
        await using var handle = await ShellLauncher(
            "trap '' TERM; echo process $$; while true; do sleep 1; done",
            "process",
            options =>
            {
                options.LoggerFactory = log.Factory;
                options.StopTimeout = TestLaunch.ShortStop;
                options.StopWith(stopping => Task.Delay(Timeout.Infinite, stopping));
            }).StartAsync().Within();
        var process = await log.WaitForProcessAsync();

        var outcome = await handle.StopWithinBoundAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Killed), outcome.ToString());
        await ProcessTable.IsGoneAsync(process);
    }

    [Test]
    public async Task A_process_that_has_left_the_command_cannot_write_to_this_one_once_the_launch_has_ended()
    {
        using var gate = new FileGate();
        using var closed = new FileGate();
        await using (await ShellLauncher(
            $"setsid sh -c \"trap '' PIPE; echo ready; {gate.Wait}; echo late || touch {closed.Path}\" & sleep 1000",
            "ready").StartAsync().Within())
        {
        }

        gate.Open();

        await ConditionWaits.BecomesAsync(() => File.Exists(closed.Path), () => "the output of the launch can still be written to");
    }

    [Test]
    public async Task A_command_that_ends_by_itself_has_returned()
    {
        using var gate = new FileGate();
        await using var handle = await ShellLauncher($"echo ready; {gate.Wait}", "ready").StartAsync().Within();

        gate.Open();

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_command_that_fails_has_crashed()
    {
        using var gate = new FileGate();
        await using var handle = await ShellLauncher($"echo ready; {gate.Wait}; echo 'The roof came down.' >&2; exit 5", "ready").StartAsync().Within();

        gate.Open();

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed), outcome.ToString());
        Assert.That(outcome.Exception?.Message, Does.Contain("exit code 5").And.Contain("The roof came down."));
    }

    [Test]
    public async Task Arguments_arrive_as_they_were_given()
    {
        string[] arguments = ["a b", "", "\"quoted\"", "back\\slash\\", "\\\"", "$HOME", "*", "it's"];
        using var log = new LogRecorder();
        await using var handle = await Launcher.ForCommand(
            "sh",
            ["-c", "printf '<%s>\\n' \"$@\"; echo ready; sleep 1000", "sh", .. arguments],
            options => options.ReadyWhen(Ready.Output("ready")).LoggerFactory = log.Factory).StartAsync().Within();

        await log.WaitForAsync(record => record.Message.Equals("ready", StringComparison.Ordinal));
        Assert.That(
            log.All.Where(record => record.Category is "SafeLaunch.Output" && record.Level == LogLevel.Information).Select(record => record.Message).TakeWhile(line => line is not "ready"),
            Is.EqualTo(arguments.Select(argument => $"<{argument}>")));
    }

    [Test]
    public void A_command_without_ReadyWhen_is_refused_with_the_remedy() =>
        Assert.That(() => Launcher.ForCommand("sh"), Throws.ArgumentException.With.Message.Contain("Ready.Output, Ready.Tcp or Ready.Http"));

    [Test]
    public async Task A_report_has_the_lines_that_a_command_prints()
    {
        await using var handle = await ShellLauncher("echo bread; echo milk >&2; echo ready; sleep 1000", "ready", options => options.KeepLogLines = true).StartAsync().Within();

        await handle.ReportsAsync("Information SafeLaunch.Output: bread");
        await handle.ReportsAsync("Information SafeLaunch.Output: milk");
    }

    [Test]
    public async Task A_report_of_a_command_whose_start_failed_has_its_last_lines()
    {
        var launch = ShellLauncher("echo No bread today.; exit 3", "never", options => options.KeepLogLines = true).Source.Begin(new());
        Assert.That(async () => await launch.Started.Within(), Throws.InstanceOf<LaunchException>());
        await launch.Completion.Within();

        Assert.That(new LaunchHandle(launch).Report(), Does.Contain("Information SafeLaunch.Output: No bread today."));
    }

    [Test]
    public async Task A_report_says_that_a_command_was_killed()
    {
        await using var handle = await ShellLauncher("trap '' TERM; echo ready; while true; do sleep 1; done", "ready", options =>
        {
            options.KeepLogLines = true;
            options.StopTimeout = TestLaunch.ShortStop;
        }).StartAsync().Within();

        await handle.StopAsync().Within();

        Assert.That(handle.Report(), Does.Contain("Warning SafeLaunch.Launcher: Launch 'sh': its process"));
    }

    [Test]
    public void An_option_that_reaches_no_command_is_refused_by_its_name() =>
        Assert.That(
            () => Launcher.ForCommand("sh", [], options => options.UseLoopback().ConfigureServices(_ => { }).ReadyWhen(Ready.Tcp(1))),
            Throws.ArgumentException.With.Message.Contain("ConfigureServices, the options of SafeLaunch.AspNetCore"));

    private static Launcher ShellLauncher(string script, string pattern, Action<CommandOptions>? configure = null) =>
        Launcher.ForCommand("sh", ["-c", script], options =>
        {
            options.ReadyWhen(Ready.Output(pattern));
            configure?.Invoke(options);
        });
}
