using System.Diagnostics;

namespace SafeLaunch.Browser.Tests;

internal static class Stopping
{
    /// <summary>A page that comes back and is let in would hold up the stop for nearly all of it.</summary>
    public static readonly TimeSpan Timeout = Gate.Patience;

    /// <summary>The launch ends long before its time is over, by itself and without an error.</summary>
    public static async Task IsCleanAsync(LaunchHandle handle)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await handle.StopAsync();

        Assert.That(clock.Elapsed, Is.LessThan(Timeout / 2));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped), outcome.ToString());
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(outcome.Reason, Does.Not.Contain("interrupted"));
    }
}
