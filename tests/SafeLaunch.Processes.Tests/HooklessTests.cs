using SafeLaunch.Commands;

namespace SafeLaunch.Processes.Tests;

/// <summary>Programs that no startup hook makes a child: their hooks are off, or they are no programs of .NET.</summary>
public sealed class HooklessTests
{
    private const string Project = "tests/assets/Programs/HooklessProgram";

    private static string Program => Path.Combine(Repository.OutputOf(Project), "HooklessProgram.dll");

    [Test]
    public async Task A_program_without_startup_hooks_serves_as_a_child_by_RunIfChild()
    {
        using var program = new TestKit.ChildProcess("dotnet", [Program], start => start.Environment["HOOKLESS_REMEDY"] = "1");

        Assert.That(await program.ExitAsync(), Is.Zero, program.Output);
        Assert.That(program.Output, Does.Contain("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task A_program_without_startup_hooks_and_without_RunIfChild_starts_one_process_and_fails_with_the_remedy()
    {
        var run = await TestKit.ChildProcess.RunAsync("dotnet", [Program], Gate.Patience);

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output);
        Assert.That(run.Output, Does.Contain("Its startup hooks are off").And.Contain("let its Main begin with ChildProcess.RunIfChild")
            .And.Contain("this process was itself started as a child process"));
    }

    [Test]
    public async Task A_program_that_never_answers_fails_the_start_in_time_and_is_killed()
    {
        using var log = new LogRecorder();
        var cat = CommandFile.Find("cat")!;
        var launcher = ChildProcess.ForProgram(cat, options =>
        {
            options.LoggerFactory = log.Factory;
            options.StartTimeout = TimeSpan.FromSeconds(1);
        });

        Assert.That(
            async () => await launcher.StartAsync().Within(),
            Throws.InstanceOf<LaunchTimeoutException>().With.Message.Contain("has not answered in time").And.Message.Contain("RunIfChild"));
        var started = await log.WaitForAsync(entry => entry.Id == 52);
        await ProcessTable.IsGoneAsync(int.Parse(started.GetStructuredStateValue("ProcessId")!, System.Globalization.CultureInfo.InvariantCulture));
    }
}
