using SafeLaunch.Programs;

namespace SafeLaunch.Supervision;

/// <summary>
/// Tells code that runs inside of a launch, on whichever thread, from code outside of it. It flows with the execution
/// context, which may outlive the launch in caches and timers; hence it lets go of the launch when that has ended.
/// </summary>
internal sealed class LaunchScope(Launch launch)
{
    private static readonly AsyncLocal<object?> CurrentScope = SharedSlot();

    // Kept after the end of the launch, when launched code may still try to launch itself.
    private readonly (ProgramIdentity Program, string Launch)[] programs =
        launch.Program is { } program ? [.. Current?.programs ?? [], (program.Identity, launch.Name)] : Current?.programs ?? [];
    private volatile Launch? launch = launch;

    /// <summary>Null also inside of the launch of another copy of this library: the innermost launch counts, whoever's it is.</summary>
    public static LaunchScope? Current => CurrentScope.Value as LaunchScope;

    /// <summary>The launch that the caller runs inside of; null outside, and after its end.</summary>
    public static Launch? CurrentLaunch => Current?.launch;

    /// <summary>
    /// The name of the launch of a program that the caller's flow began in, or that has begun the launch that it began in, ended or
    /// not; null if there is none.
    /// </summary>
    public static string? NameOfLaunch(ProgramIdentity program) =>
        Array.Find(Current?.programs ?? [], around => around.Program.Equals(program)).Launch;

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

    /// <summary>One for all the copies that plugins may have brought into the process: where each had its own, a launch would take the hosts of another that it starts for its own.</summary>
    private static AsyncLocal<object?> SharedSlot()
    {
        const string Name = "SafeLaunch.CurrentScope";
#pragma warning disable CA2002, MA0064 // There is nothing else that all copies could lock, and it is held for a moment only.
        lock (typeof(AsyncLocal<object?>))
#pragma warning restore CA2002, MA0064
        {
            if (AppDomain.CurrentDomain.GetData(Name) is not AsyncLocal<object?> slot)
            {
                slot = new();
                AppDomain.CurrentDomain.SetData(Name, slot);
            }

            return slot;
        }
    }
}
