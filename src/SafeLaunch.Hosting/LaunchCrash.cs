namespace SafeLaunch;

/// <summary>What the crash of a launch does to its host, once the launch is not started again.</summary>
public enum LaunchCrash
{
    /// <summary>The host stops, as it does for a background service that fails.</summary>
    StopHost = 0,

    /// <summary>The host goes on. The health check of the launch is unhealthy until <see cref="ILaunches"/> starts it again.</summary>
    KeepHost = 1,
}
