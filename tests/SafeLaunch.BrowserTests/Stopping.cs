using System.Diagnostics;

namespace SafeLaunch.BrowserTests;

internal static class Stopping
{
    /// <summary>The launch ends in its time, by itself and without an error.</summary>
    public static async Task IsCleanAsync(LaunchHandle handle)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await handle.StopAsync();

        Assert.That(clock.Elapsed, Is.LessThan(new LaunchOptions().StopTimeout));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped), outcome.ToString());
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(outcome.Reason, Does.Not.Contain("interrupted"));
    }
}
