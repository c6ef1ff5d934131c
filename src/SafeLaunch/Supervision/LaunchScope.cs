using SafeLaunch.ConsoleInput;
using SafeLaunch.Programs;

namespace SafeLaunch.Supervision;

/// <summary>
/// Distinguishes code that runs inside a launch, on any thread, from code outside of it. It flows with the execution context,
/// which may outlive the launch in caches and timers; hence it releases the launch when that has ended.
/// </summary>
internal sealed class LaunchScope(Launch launch)
{
    // One slot for all copies of SafeLaunch in the process: with one for each copy, a launch would adopt the hosts of a nested
    // launch that belongs to another copy.
    private static readonly AsyncLocal<object?> CurrentScope = ProcessSlot.GetOrAdd("SafeLaunch.CurrentScope", () => new AsyncLocal<object?>());

    // Kept after the end of the launch, when launched code may still try to launch itself.
    private readonly (ProgramIdentity Program, string Launch)[] programs =
        launch.Program is { } program ? [.. Current?.programs ?? [], (program.Identity, launch.Name)] : Current?.programs ?? [];
    private readonly CancellationToken endOfInput = launch.EndOfInput;
    private volatile Launch? launch = launch;

    /// <summary>Null also inside the launch of another copy of this library: the innermost launch counts.</summary>
    public static LaunchScope? Current => CurrentScope.Value as LaunchScope;

    /// <summary>The launch that the caller runs inside of; null outside, and after its end.</summary>
    public static Launch? CurrentLaunch => Current?.launch;

    /// <summary>
    /// The name of the launch of this program inside which the caller's flow began, also where other launches lie between the two.
    /// The launch may have ended. Null if there is none.
    /// </summary>
    public static string? NameOfLaunch(ProgramIdentity program) =>
        Array.Find(Current?.programs ?? [], around => around.Program.Equals(program)).Launch;

    /// <summary>From here on the caller's flow is inside.</summary>
    public void Enter()
    {
        CurrentScope.Value = this;
        EndOfInput.Current = this.endOfInput;
    }

    /// <summary>Runs a function as if its caller were outside: a host that it builds is not an app host of the launch.</summary>
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
