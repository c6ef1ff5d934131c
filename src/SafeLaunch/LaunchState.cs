namespace SafeLaunch;

/// <summary>Where a launch is in its life. Only a launch that is started again, as a supervised launch is, ever moves back.</summary>
public enum LaunchState
{
    /// <summary>The launch lives in a host and has not been started there.</summary>
    NotStarted = 0,

    /// <summary>The launch is not ready yet.</summary>
    Starting = 1,

    /// <summary>The launch is ready: callers may connect.</summary>
    Running = 2,

    /// <summary>The supervised launch has crashed. It is started again unless it gives up.</summary>
    Restarting = 3,

    /// <summary>The launch is ending, or its failed start is being cleaned up.</summary>
    Stopping = 4,

    /// <summary>The launch has ended and its outcome is known.</summary>
    Ended = 5,
}
