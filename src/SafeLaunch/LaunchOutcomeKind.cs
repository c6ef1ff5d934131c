namespace SafeLaunch;

/// <summary>The ways in which a launch ends.</summary>
public enum LaunchOutcomeKind
{
    /// <summary>It was asked to stop, and it ended.</summary>
    Stopped = 0,

    /// <summary>It ended by itself, without an error.</summary>
    Returned = 1,

    /// <summary>It ended because of an error, held in <see cref="LaunchOutcome.Exception"/>.</summary>
    Crashed = 2,

    /// <summary>
    /// It did not end in time, not even interrupted, or one of its addresses still answers; <see cref="LaunchOutcome.Reason"/> says which. Its code
    /// may still run: the thread is a background thread and does not keep the process alive.
    /// </summary>
    Abandoned = 3,

    /// <summary>
    /// It ran in a child process that did not end in time. That process and the processes that it had started were killed, and nothing
    /// is left of the launch.
    /// </summary>
    Killed = 4,
}
