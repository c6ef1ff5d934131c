namespace SafeLaunch.Supervision;

/// <summary>All times of a stop that no option sets. <see cref="StopBudget"/> makes deadlines of them; docs/stop.md has them as a table.</summary>
internal static class StopTimes
{
    /// <summary>How often a thread that does not end is interrupted: an interrupt ends one wait, and waits may be nested.</summary>
    public static readonly TimeSpan InterruptEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the interrupts go on once the grace is over.</summary>
    public static readonly TimeSpan InterruptFor = TimeSpan.FromSeconds(1);

    /// <summary>How long a step may take once the grace is over and its token is cancelled.</summary>
    public static readonly TimeSpan LastWord = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the launch host may take once the interrupts are over.</summary>
    public static readonly TimeSpan LaunchHost = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the launch thread may take to end after all that.</summary>
    public static readonly TimeSpan Thread = TimeSpan.FromMilliseconds(250);

    /// <summary>What each step, and a thread that is idle, has at least, however little time is left.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest that the delegate may take, after it was asked to stop, to begin to stop the hosts that it started.</summary>
    public static readonly TimeSpan LongestHandOver = TimeSpan.FromSeconds(1);

    /// <summary>How long the code that runs a host by Run or RunAsync may take from the request to the stop.</summary>
    public static readonly TimeSpan RunStops = TimeSpan.FromSeconds(1);

    /// <summary>The same for code that may or may not run the host.</summary>
    public static readonly TimeSpan UnknownStops = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a server that was asked to end may go on answering.</summary>
    public static readonly TimeSpan Answers = TimeSpan.FromSeconds(1);

    /// <summary>How much longer than its StopTimeout a stop takes at most.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);
}
