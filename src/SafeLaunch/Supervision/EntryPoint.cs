#if NET
using System.Diagnostics.CodeAnalysis;
#endif
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace SafeLaunch.Supervision;

/// <summary>The main method of a program and what it is given, as something to launch.</summary>
#if NET
[RequiresUnreferencedCode("The entry point of a program is found by reflection.")]
#endif
internal sealed class EntryPoint
{
    private readonly MethodInfo main;
    private readonly string[] args;

    private EntryPoint(MethodInfo main, string[] args)
    {
        this.main = main;
        this.args = args;
    }

    /// <exception cref="ArgumentException">The assembly has no entry point, or the caller is what it would launch.</exception>
    public static EntryPoint Of(Assembly program, string[] args)
    {
        var name = program.GetName().Name;
        var entry = program.EntryPoint
            ?? throw new ArgumentException(
                $"The assembly '{name}' has no entry point. Pass the assembly of a program, or a delegate in place of it.",
                nameof(program));

        // With other arguments, or later than at its start, it may well come to an end. Here each launch would make the next.
        return LaunchScope.CurrentLaunch is { State: LaunchState.Starting, Program: { } starting } launch
            && starting.main == entry
            && starting.args.SequenceEqual(args, StringComparer.Ordinal)
            ? throw new ArgumentException(
                $"Launch '{launch.Name}' starts the program '{name}' with these arguments already, and would launch it again and again. Where the caller is a program too, typeof(Program) may be its own: take another type of the program that is to be launched, or Assembly.Load.",
                nameof(program))
            : new(entry, args);
    }

    /// <summary>A Main that is asynchronous has a compiler-made entry point, which blocks until its task has ended.</summary>
    /// <returns>What Main returns.</returns>
    public object? Call()
    {
        try
        {
            return this.main.Invoke(obj: null, this.main.GetParameters().Length > 0 ? [this.args.Clone()] : []);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Capture(e.InnerException).Throw();
            throw;
        }
    }
}
