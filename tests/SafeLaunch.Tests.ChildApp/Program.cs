using System.Runtime.InteropServices;

namespace SafeLaunch.Tests.ChildApp;

/// <summary>
/// A program for the tests. As a process of its own it is sent signals; its entry point is also launched inside of the tests.
/// What it writes, line by line, is what they wait for.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        await Task.Yield();
        switch (args[0])
        {
            case "call":
                return ((Func<string[], int>)AppContext.GetData(args[1])!)(args);
            case "run":
                Report(new Launcher(UpUntilStopped).Run());
                return 0;
            case "run-not-ready":
                Report(new Launcher(UntilStoppedButNeverReady).Run());
                return 0;
            case "run-stubborn":
                Report(new Launcher(Stubborn, new() { StopTimeout = TimeSpan.FromMinutes(5) }).Run());
                return 0;
            case "handle-signals":
                Report(await (await Launcher.StartAsync(UpUntilStopped, new() { HandleSignals = true })).Completion);
                return 0;
            case "after-the-end":
                return await AfterTheEndAsync();
            case "two-launches":
                return await TwoLaunchesAsync();
            case "own-handling":
                return await OwnHandlingAsync();
            default:
                throw new ArgumentException($"Unknown: {args[0]}", nameof(args));
        }
    }

    private static void UntilStopped(LaunchContext context)
    {
        context.SignalReady();
        context.Stopping.WaitHandle.WaitOne();
    }

    private static void UpUntilStopped(LaunchContext context)
    {
        context.SignalReady();
        UntilStoppedButNeverReady(context);
    }

    private static void UntilStoppedButNeverReady(LaunchContext context)
    {
        Console.WriteLine("up");
        context.Stopping.WaitHandle.WaitOne();
    }

    private static void Stubborn(LaunchContext context)
    {
        context.Stopping.Register(() => Console.WriteLine("stopping"));
        context.SignalReady();
        Console.WriteLine("up");
        Thread.Sleep(Timeout.Infinite);
    }

    private static async Task<int> AfterTheEndAsync()
    {
        await using (await Launcher.StartAsync(UntilStopped, new() { HandleSignals = true }))
        {
            // Its signals are handled here, and no longer below.
        }

        Console.WriteLine("ended");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static async Task<int> TwoLaunchesAsync()
    {
        await using var first = await Launcher.StartAsync(UntilStopped);
        await using var second = await Launcher.StartAsync(UntilStopped);
        first.Stopping.Register(() => Console.WriteLine("stopping"));
        second.Stopping.Register(() => Console.WriteLine("stopping"));
        Console.WriteLine("two");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static async Task<int> OwnHandlingAsync()
    {
        var signalled = new TaskCompletionSource<PosixSignal>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var own = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            signalled.TrySetResult(signal.Signal);
        });
        await using var first = await Launcher.StartAsync(UntilStopped);
        await using var second = await Launcher.StartAsync(UntilStopped);
        Console.WriteLine("two");
        Console.WriteLine($"{await signalled.Task} {first.State} {second.State}");
        return 7;
    }

    private static void Report(LaunchOutcome outcome) => Console.WriteLine(outcome);
}
