using SafeLaunch;
using Published;

namespace CoreProgram;

/// <summary>How launches start, are called, and end.</summary>
internal static class Launches
{
    public static async Task CheckAsync(WarningLog log)
    {
        await using (var handle = await Launcher.For(UntilStopped, options =>
        {
            options.Name = "called";
            options.LoggerFactory = log;
        }).StartAsync())
        {
            var name = await handle.InvokeAsync(() => Thread.CurrentThread.Name);
            Checked.That(name is "called", "what is invoked runs on the launch thread");

            var outcome = await handle.StopAsync();
            Checked.That(outcome.Kind == LaunchOutcomeKind.Stopped, $"a launch that is stopped is so: {outcome}");
        }

        var error = new InvalidOperationException("on purpose");
        try
        {
            await Launcher.For(new Action(() => throw error)).StartAsync();
            Checked.That(false, "a start that fails throws");
        }
        catch (InvalidOperationException e)
        {
            Checked.That(e == error, "a start that fails throws what the delegate threw");
        }

        // Without the log: that it threw is logged.
        using var crashing = Launcher.For(UntilStopped).Start();
        crashing.SynchronizationContext.Post(_ => throw error, state: null);
        var crash = await crashing.Completion;
        Checked.That(crash.Kind == LaunchOutcomeKind.Crashed && crash.Exception == error, $"posted work that throws ends a launch: {crash}");
    }

    private static void UntilStopped(LaunchContext context)
    {
        context.SignalReady();
        context.Stopping.WaitHandle.WaitOne();
    }
}
