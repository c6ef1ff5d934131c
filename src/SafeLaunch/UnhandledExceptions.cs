namespace SafeLaunch;

/// <summary>What becomes of a launch when work posted to its context throws, an <c>async void</c> method included.</summary>
public enum UnhandledExceptions
{
    /// <summary>The exception is logged, and the launch ends as <see cref="LaunchOutcomeKind.Crashed"/> at once.</summary>
    StopLaunch = 0,

    /// <summary>The exception is logged, and the launch goes on.</summary>
    Log = 1,
}
