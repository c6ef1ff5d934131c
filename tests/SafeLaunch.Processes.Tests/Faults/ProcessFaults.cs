using SafeLaunch.Processes.Tests.Children;

namespace SafeLaunch.Processes.Tests.Faults;

/// <summary>The faults of child processes, each made for real.</summary>
internal static class ProcessFaults
{
    private const string Started = "`Start` throws";
    private const string Crashed = "`Crashed`";
    private const string Killed = "`Killed`";
    private const string Stopped = "`Stopped`";

    public static IReadOnlyList<ProcessFault> All { get; } =
    [
        new("the child throws before it is ready", Started, "InvalidOperationException: The shop is closed.", static () => StartAsync(Launcher.For(ChildCode.Throw).InChildProcess())),
        new("the child is never ready", Started, "nothing called SignalReady", static () => StartAsync(Launcher.For(ChildCode.NeverBeReady, options => options.StartTimeout = TimeSpan.FromSeconds(5)).InChildProcess())),
        new("the program of the child never answers", Started, "has not answered in time", static () => StartAsync(ChildProcess.ForProgram("/bin/cat", options => options.StartTimeout = TimeSpan.FromSeconds(1)))),
        new("the program of the child ends at once", Started, "ended with exit code 1, before it was ready", static () => StartAsync(ChildProcess.ForProgram("/bin/false"))),
        new("`Environment.Exit(3)`", Crashed, "ended with exit code 3", static () => AskAsync("/exit/3")),
        new("`Environment.Exit(0)`", "`Returned`", "ended by itself, with exit code 0", static () => AskAsync("/exit/0")),
        new("`Environment.FailFast`", Crashed, "with exit code 134, which is that of SIGABRT", static () => AskAsync("/fail-fast")),
        new("stack overflow", Crashed, "with exit code 134, which is that of SIGABRT", static () => AskAsync("/overflow")),
        new("crash of native code", Crashed, "with exit code 139, which is that of SIGSEGV", static () => AskAsync("/native-crash")),
        new("another program kills the child", Crashed, "with exit code 137, which is that of SIGKILL", static () => SignalAsync("KILL")),
        new("another program asks the child to end", Stopped, "SIGTERM", static () => SignalAsync("TERM")),
        new("the child ignores every request to stop", Killed, "was killed, with all that it had started", StopDeafChildAsync),
        new("the child is paused when it is to stop", Killed, "was killed, with all that it had started", StopPausedChildAsync),
        new("the child has started ten processes, and is stopped", Stopped, "It was asked to stop", static () => LeaveGrandchildrenAsync(static server => server.Handle.StopAsync())),
        new("the child has started ten processes, and crashes", Crashed, "with exit code 3", static () => LeaveGrandchildrenAsync(CrashAsync)),
    ];

    private static async Task<ProcessFinding> StartAsync(Launcher launcher)
    {
        try
        {
            await using var handle = await launcher.StartAsync().Within();
            return new("the launch has started", handle.ToString()!);
        }
        catch (Exception e) when (e is not AssertionException)
        {
            return ProcessFinding.OfStart(e);
        }
    }

    private static async Task<ProcessFinding> AskAsync(string path)
    {
        await using var server = await ChildServer.StartAsync();
        var process = await server.ProcessAsync();
        await server.SendAsync(path);
        return ProcessFinding.Of(await server.Handle.EndAsync(), process);
    }

    private static async Task<ProcessFinding> SignalAsync(string signal)
    {
        await using var server = await ChildServer.StartAsync();
        var process = await server.ProcessAsync();
        ProcessTable.Signal(process, signal);
        return ProcessFinding.Of(await server.Handle.EndAsync(), process);
    }

    private static async Task<ProcessFinding> StopDeafChildAsync()
    {
        using var log = new LogRecorder();
        await using var handle = await Launcher.For(ChildCode.BeDeaf, options =>
        {
            options.LoggerFactory = log.Factory;
            options.StopTimeout = TestLaunch.ShortStop;
        }).InChildProcess().StartAsync().Within();
        var process = await log.WaitForProcessAsync();
        return ProcessFinding.Of(await handle.StopAsync().Within(), process);
    }

    private static async Task<ProcessFinding> StopPausedChildAsync()
    {
        await using var server = await ChildServer.StartAsync(options => options.StopTimeout = TestLaunch.ShortStop);
        var process = await server.ProcessAsync();
        ProcessTable.Signal(process, "STOP");
        return ProcessFinding.Of(await server.Handle.StopAsync().Within(), process);
    }

    private static async Task<ProcessFinding> LeaveGrandchildrenAsync(Func<ChildServer, Task<LaunchOutcome>> endAsync)
    {
        await using var server = await ChildServer.StartAsync();
        var grandchildren = (await server.GetAsync("/grandchildren/10")).Split(' ').Select(int.Parse).ToArray();
        Assert.That(grandchildren, Has.Length.EqualTo(10).And.All.Matches<int>(ProcessTable.IsThere));
        return ProcessFinding.Of(await endAsync(server).Within(), grandchildren);
    }

    private static async Task<LaunchOutcome> CrashAsync(ChildServer server)
    {
        await server.SendAsync("/exit/3");
        return await server.Handle.EndAsync();
    }
}
