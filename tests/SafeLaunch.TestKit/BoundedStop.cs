using System.Diagnostics;

namespace SafeLaunch.TestKit;

/// <summary>Stops a launch whose stop time-out is <see cref="TestLaunch.ShortStop"/>, and asserts that the stop keeps the bound of the contract.</summary>
internal static class BoundedStop
{
    /// <remarks>The time by which a busy machine runs everything late is not the launch's, and does not count.</remarks>
    public static async Task<LaunchOutcome> StopWithinBoundAsync(this LaunchHandle handle)
    {
        using var lag = new MachineLag();
        var clock = Stopwatch.StartNew();
        var outcome = await handle.StopAsync().Within();
        Assert.That(clock.Elapsed - lag.Total, Is.LessThan(TestLaunch.ShortStop + TestLaunch.StopMargin), $"took {clock.Elapsed}, and the machine was late by {lag.Total}");
        return outcome;
    }
}
