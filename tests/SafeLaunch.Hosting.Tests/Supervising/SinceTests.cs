namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>Since when a supervised launch is in its state.</summary>
public sealed class SinceTests
{
    [Test]
    public async Task The_moment_of_Restarting_stays_that_of_the_crash_until_the_launch_is_ready_again()
    {
        var clock = new Clock();
        var (crash, secondRun, ready) = (Gate.NewSource(), Gate.NewSource(), Gate.NewSource());
        var runs = 0;
        await using var handle = await Launcher.For(async (LaunchContext context) =>
        {
            if (++runs == 1)
            {
                context.SignalReady();
                await crash.Task;
                throw new IOException();
            }

            secondRun.SetResult();
            await ready.Task;
            context.SignalReady();
            await Task.Delay(Timeout.Infinite, context.Stopping);
        }).Supervised(options => options.TimeProvider = clock).StartAsync().Within();
        var running = handle.Launch.Since;

        crash.SetResult();
        var delay = await clock.DelayAsync();
        var whileItWaits = (handle.State, handle.Launch.Since);
        clock.Advance(delay);
        await secondRun.Task.Within();
        var whileItStarts = (handle.State, handle.Launch.Since);
        ready.SetResult();
        await handle.BecomesAsync(LaunchState.Running);

        Assert.That(whileItWaits.State, Is.EqualTo(LaunchState.Restarting));
        Assert.That(whileItWaits.Since, Is.GreaterThan(running));
        Assert.That(whileItStarts, Is.EqualTo(whileItWaits));
        Assert.That(handle.Launch.Since, Is.GreaterThan(whileItWaits.Since));
    }
}
