using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SafeLaunch.Processes.Tests;

/// <summary>The parent of a launched process is another process here: killed, asked to stop, in a console, and paused.</summary>
public sealed class ParentTests
{
    private const string Project = "tests/assets/Programs/ParentProgram";

    /// <summary>Runs a program in a terminal, and presses Ctrl+C once it has printed a line with "process".</summary>
    private const string Terminal = """
        import os, pty, sys
        program, terminal = pty.fork()
        if program == 0:
            os.execvp(sys.argv[1], sys.argv[1:])
        output, pressed = b"", False
        while True:
            try:
                part = os.read(terminal, 4096)
            except OSError:
                break
            if not part:
                break
            output += part
            if not pressed and b"process " in output:
                pressed = True
                os.write(terminal, b"\x03")
        sys.stdout.write(output.decode())
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(program, 0)[1]))
        """;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("SAFELAUNCH_ENDURANCE") is "long" ? 100 : 3;

    private static string Program => Path.Combine(Repository.OutputOf(Project), "ParentProgram.dll");

    [TestCase("child")]
    [TestCase("command")]
    public async Task A_process_is_gone_when_its_parent_was_killed(string kind)
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var parent = TestKit.ChildProcess.OfProject(Project, kind);
            var process = await ProcessOfAsync(parent);
            Assert.That(ProcessTable.IsThere(process), Is.True);

            parent.Kill();

            await ProcessTable.IsGoneAsync(process);
        }
    }

    [TestCase("deaf")]
    [TestCase("deaf options")]
    public async Task A_child_that_ignores_the_stop_is_gone_with_all_that_it_has_started_when_its_parent_was_killed(string kind)
    {
        using var parent = TestKit.ChildProcess.OfProject(Project, kind);
        var child = await ProcessOfAsync(parent);
        var grandchild = NumberIn(parent.Output, "started (?<id>[0-9]+) by")!.Value;

        parent.Kill();

        await ProcessTable.IsGoneAsync(child);
        await ProcessTable.IsGoneAsync(grandchild);
    }

    [TestCase("child")]
    [TestCase("command")]
    public async Task A_process_is_gone_when_its_parent_was_asked_to_stop(string kind)
    {
        using var parent = TestKit.ChildProcess.OfProject(Project, kind);
        var process = await ProcessOfAsync(parent);

        parent.Signal(PosixSignal.SIGTERM);

        Assert.That(await parent.ExitAsync(), Is.Zero, parent.Output);
        await ProcessTable.IsGoneAsync(process);
    }

    [Test]
    public async Task A_start_without_a_place_for_its_socket_fails_with_the_remedy()
    {
        var run = await TestKit.ChildProcess.RunAsync("dotnet", [Program, "child"], Gate.Patience, start => start.Environment["TMPDIR"] = "/no-such-folder");

        Assert.That(run.Output, Does.Contain("no socket for its child process could be made in '/no-such-folder/'").And.Contain("Set TMPDIR"));
    }

    [Test]
    public async Task Control_C_in_a_terminal_reaches_the_parent_and_not_the_child()
    {
        var run = await TestKit.ChildProcess.RunAsync(Tool.Python.FindOrIgnore(), ["-c", Terminal, "dotnet", Program, "child"], Gate.Patience);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Contain("Stopped: ").And.Contain("SIGINT").And.Not.Contain("The child got SIGINT."));
        await ProcessTable.IsGoneAsync(ProcessIn(run.Output)!.Value);
    }

    [Test]
    public async Task A_child_that_logs_is_not_held_up_by_a_paused_parent()
    {
        var folder = Directory.CreateTempSubdirectory("paused-parent");
        try
        {
            using var parent = new TestKit.ChildProcess("dotnet", [Program, "logging"], start => start.Environment["PARENT_FOLDER"] = folder.FullName);
            var process = await ProcessOfAsync(parent);

            ProcessTable.Signal(parent.Id, "STOP");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "go"), "");
            await ConditionWaits.BecomesAsync(() => File.Exists(Path.Combine(folder.FullName, "logged")), () => parent.Output);
            ProcessTable.Signal(parent.Id, "CONT");
            await ConditionWaits.BecomesAsync(() => parent.Output.Contains("were left out", StringComparison.Ordinal), () => parent.Output);
            parent.Signal(PosixSignal.SIGTERM);

            Assert.That(await parent.ExitAsync(), Is.Zero, parent.Output);
            await ProcessTable.IsGoneAsync(process);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> ProcessOfAsync(TestKit.ChildProcess parent)
    {
        await ConditionWaits.BecomesAsync(() => ProcessIn(parent.Output) is not null, () => parent.Output);
        return ProcessIn(parent.Output)!.Value;
    }

    private static int? ProcessIn(string output) => NumberIn(output, "process (?<id>[0-9]+)[\r\n]");

    private static int? NumberIn(string output, string pattern) =>
        Regex.Match(output, pattern, RegexOptions.ExplicitCapture, Gate.Patience) is { Success: true } match ? int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture) : null;
}
