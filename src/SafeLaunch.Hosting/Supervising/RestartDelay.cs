namespace SafeLaunch.Supervising;

/// <summary>The delay before each restart: doubled from crash to crash, and short again after a good run. For one flow at a time.</summary>
/// <param name="options">The delays.</param>
/// <param name="random">A number from 0 to 1.</param>
internal sealed class RestartDelay(SupervisionOptions options, Func<double> random)
{
    private const double Jitter = 0.25;

    private int crashes;

    /// <summary>A run has ended.</summary>
    /// <param name="wasReadyFor">How long it was ready; zero if it never was.</param>
    public void OnRunEnded(TimeSpan wasReadyFor)
    {
        if (wasReadyFor >= options.ResetAfter)
        {
            this.crashes = 0;
        }
    }

    public TimeSpan Next()
    {
        var longest = (double)options.MaxDelay.Ticks;
        var ticks = Math.Min(options.Delay.Ticks * Math.Pow(2, this.crashes++), longest);
        var factor = options.UseJitter ? 1 - Jitter + (2 * Jitter * random()) : 1;
        return TimeSpan.FromTicks((long)Math.Min(ticks * factor, longest));
    }
}
