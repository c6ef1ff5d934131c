namespace SafeLaunch;

/// <summary>When a launch of a host is started, and so when it is stopped: launches that start early stop late.</summary>
public enum LaunchStart
{
    /// <summary>With the other hosted services, at the place of the first <c>AddLaunch</c> among them.</summary>
    WithServices = 0,

    /// <summary>Before all other hosted services start; stopped after they have stopped.</summary>
    BeforeServices = 1,

    /// <summary>After all other hosted services have started; stopped before they stop.</summary>
    AfterStarted = 2,

    /// <summary>By <see cref="ILaunches.StartAsync"/>, or before the first launch that comes after it.</summary>
    OnDemand = 3,
}
