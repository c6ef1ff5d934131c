namespace SafeLaunch.Supervision;

/// <summary>
/// Tells code that runs inside of a launch, on whichever thread, from code outside of it. It flows with the execution
/// context, which may outlive the launch in caches and timers; hence it lets go of the launch when that has ended.
/// </summary>
internal sealed class LaunchScope(Launch launch)
{
    private static readonly AsyncLocal<LaunchScope?> CurrentScope = new();

    private volatile Launch? launch = launch;

    public static LaunchScope? Current => CurrentScope.Value;

    /// <summary>The launch that the caller runs inside of; null outside, and after its end.</summary>
    public static Launch? CurrentLaunch => CurrentScope.Value?.launch;

    /// <summary>From here on the caller's flow is inside.</summary>
    public void Enter() => CurrentScope.Value = this;

    /// <summary>Runs a function as if its caller were outside: a host that it builds is not one that the launch runs.</summary>
    public static T RunOutside<T>(Func<T> function)
    {
        var current = CurrentScope.Value;
        CurrentScope.Value = null;
        try
        {
            return function();
        }
        finally
        {
            CurrentScope.Value = current;
        }
    }

    public void Release() => this.launch = null;
}
