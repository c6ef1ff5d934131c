#if NET
using System.Diagnostics.CodeAnalysis;
#endif
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace SafeLaunch.Supervision;

/// <summary>The main method of a program, as something to launch.</summary>
#if NET
[RequiresUnreferencedCode("The entry point of a program is found by reflection.")]
#endif
internal static class EntryPoint
{
    /// <exception cref="ArgumentException">The assembly has no entry point.</exception>
    public static LaunchBody Of(Assembly program, string[] args)
    {
        var main = program.EntryPoint
            ?? throw new ArgumentException(
                $"The assembly '{program.GetName().Name}' has no entry point. Pass the assembly of a program, or a delegate in place of it.",
                nameof(program));

        // A Main that is asynchronous has a compiler-made entry point, which blocks until its task has ended.
        var takesArgs = main.GetParameters().Length > 0;
        return new(original: null, _ => Invoke(main, takesArgs ? [args.Clone()] : []));
    }

    private static object? Invoke(MethodInfo main, object?[] parameters)
    {
        try
        {
            return main.Invoke(obj: null, parameters);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Capture(e.InnerException).Throw();
            throw;
        }
    }
}
