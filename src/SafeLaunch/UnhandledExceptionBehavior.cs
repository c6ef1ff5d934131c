namespace SafeLaunch;

/// <summary>The effect on a launch of an exception in work posted to its synchronization context, an <c>async void</c> method included.</summary>
public enum UnhandledExceptionBehavior
{
    /// <summary>The exception is logged, and the launch ends as <see cref="LaunchOutcomeKind.Crashed"/> at once.</summary>
    StopLaunch = 0,

    /// <summary>The exception is logged, and the launch goes on.</summary>
    Log = 1,
}
