using System.Diagnostics;

namespace SafeLaunch.Hosting.Tests;

internal static class HandleStates
{
    /// <summary>Waits until the launch is in a state, and more is true if that is given.</summary>
    public static async Task BecomesAsync(this LaunchHandle handle, LaunchState state, Func<bool>? and = null)
    {
        var clock = Stopwatch.StartNew();
        while (handle.State != state || and?.Invoke() == false)
        {
            Assert.That(clock.Elapsed, Is.LessThan(Gate.Patience), $"the launch is {handle.State}, not {state}");
            await Task.Delay(5);
        }
    }
}
