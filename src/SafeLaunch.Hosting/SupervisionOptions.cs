using Polly;

namespace SafeLaunch;

/// <summary>
/// How a supervised launch is started again. <see cref="SupervisedLauncherExtensions.Supervised"/> makes new options, hands them to its
/// <c>configure</c> delegate, and validates and copies them then: later changes have no effect.
/// </summary>
public sealed class SupervisionOptions
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    /// <summary>
    /// Gets or sets how long the launch waits after a crash until it is started again. Each further crash doubles the delay. Default: 1
    /// second. From zero to 1 day.
    /// </summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the longest delay. Default: 30 seconds. From <see cref="Delay"/> to 1 day.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets whether each delay is a little shorter or longer by chance, by up to a quarter and never longer than <see cref="MaxDelay"/>, so that
    /// several launches do not all come back at once. Default: true.
    /// </summary>
    public bool UseJitter { get; set; } = true;

    /// <summary>
    /// Gets or sets how often the launch is started again within <see cref="Period"/>. With the next crash it gives up: it has
    /// then ended as <see cref="LaunchOutcomeKind.Crashed"/>. Default: 5. At least 1; <see cref="int.MaxValue"/> for no limit.
    /// </summary>
    public int MaxRestarts { get; set; } = 5;

    /// <summary>Gets or sets the period in which the restarts are counted. Default: 2 minutes. More than zero, at most 1 day.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Gets or sets how long a run has to have been ready so that the next delay is <see cref="Delay"/> again. Default: 60 seconds. More
    /// than zero, at most 1 day.
    /// </summary>
    public TimeSpan ResetAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gets or sets whether a web server of <c>UseLoopback</c>, or of any address with the port 0, has the port of the run before again, unless another
    /// program has taken it meanwhile: open pages reconnect. Default: true.
    /// </summary>
    public bool KeepAddress { get; set; } = true;

    /// <summary>
    /// Gets or sets which outcomes of a run make the launch start again. Default: those of the kind <see cref="LaunchOutcomeKind.Crashed"/>. Not asked when
    /// the launch was asked to stop. Called on the thread pool; an exception that it throws ends the launch as crashed.
    /// </summary>
    public Func<LaunchOutcome, bool> ShouldRestart { get; set; } = static outcome => outcome.Kind == LaunchOutcomeKind.Crashed;

    /// <summary>
    /// Gets or sets whether the launch is also started again when its first start fails. Start then returns once one of the starts
    /// has been ready. Default: false: a first start that fails throws, as that of every launch.
    /// </summary>
    public bool RetryFirstStart { get; set; }

    /// <summary>
    /// Gets or sets a pipeline that decides when the launch is started again, instead of <see cref="Delay"/>, <see cref="MaxDelay"/>,
    /// <see cref="UseJitter"/>, <see cref="MaxRestarts"/>, <see cref="Period"/> and <see cref="ResetAfter"/>. It executes the runs; a run to
    /// which <see cref="ShouldRestart"/> says yes ends with its exception. When the pipeline gives up, so does the launch. Default: null.
    /// </summary>
    public ResiliencePipeline? Pipeline { get; set; }

    /// <summary>Gets or sets the clock of the delays and periods. Default: that of the system.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The options that a delegate configures, copied.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal static SupervisionOptions From(Action<SupervisionOptions>? configure)
    {
        var options = new SupervisionOptions();
        configure?.Invoke(options);
        options.ValidateEach(nameof(configure));
        CheckTime(options.MaxDelay, options.Delay, nameof(options.MaxDelay), nameof(configure));
        return (SupervisionOptions)options.MemberwiseClone();
    }

    /// <summary>Checks each option that a delegate sets by itself: other code may set the option with which it has to fit.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal static void CheckEach(Action<SupervisionOptions>? configure)
    {
        var options = new SupervisionOptions();
        configure?.Invoke(options);
        options.ValidateEach(nameof(configure));
    }

    private static void CheckTime(TimeSpan time, TimeSpan least, string property, string parameter)
    {
        if (time < least || time > LongestTime)
        {
            throw new ArgumentOutOfRangeException(parameter, time, $"{property} must be from {least} to {LongestTime}.");
        }
    }

    private void ValidateEach(string parameter)
    {
        CheckTime(this.Delay, TimeSpan.Zero, nameof(this.Delay), parameter);
        CheckTime(this.MaxDelay, TimeSpan.Zero, nameof(this.MaxDelay), parameter);
        CheckTime(this.Period, TimeSpan.FromTicks(1), nameof(this.Period), parameter);
        CheckTime(this.ResetAfter, TimeSpan.FromTicks(1), nameof(this.ResetAfter), parameter);
        if (this.MaxRestarts < 1)
        {
            throw new ArgumentOutOfRangeException(parameter, this.MaxRestarts, $"{nameof(this.MaxRestarts)} must be at least 1.");
        }

        if (this.ShouldRestart is null)
        {
            throw new ArgumentException($"{nameof(this.ShouldRestart)} must not be null.", parameter);
        }

        if (this.TimeProvider is null)
        {
            throw new ArgumentException($"{nameof(this.TimeProvider)} must not be null.", parameter);
        }
    }
}
