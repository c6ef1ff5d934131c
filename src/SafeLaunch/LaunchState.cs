namespace SafeLaunch;

/// <summary>Where a launch is in its life. It only ever moves forward.</summary>
public enum LaunchState
{
    /// <summary>The launch is not ready yet.</summary>
    Starting = 0,

    /// <summary>The launch is ready: callers may connect.</summary>
    Running = 1,

    /// <summary>The launch is ending, or its failed start is being cleaned up.</summary>
    Stopping = 2,

    /// <summary>The launch has ended and its outcome is known.</summary>
    Ended = 3,
}
