namespace SafeLaunch.Internal;

/// <summary>The errors of callers who use a launch before it has a thread, or after its end.</summary>
internal static class LaunchErrors
{
    public static LaunchException Ended(string launch) =>
        new($"Launch '{launch}' has ended, and its thread with it. Start it again to get a new one; Completion holds its outcome.");

    public static LaunchException NoAppHost(string launch) =>
        new($"Launch '{launch}' has no generic host of its app, and so no services of one. The services of the launch host are in {nameof(LaunchHandle.LaunchServices)}.");

    public static LaunchException NotStarted(string launch) =>
        new($"Launch '{launch}' is still starting. Its thread and services are available once its delegate runs.");
}
