using System.Reflection;
using System.Runtime.ExceptionServices;
using SafeLaunch.Programs;

namespace SafeLaunch.Supervision;

/// <summary>The main method of a program and its arguments, as something to launch.</summary>
/// <param name="main">The main method.</param>
/// <param name="args">All of its arguments. Each call gets a copy.</param>
/// <param name="own">The arguments among them that its caller gave, which say why it is launched. Its configuration may be another each time.</param>
/// <param name="isProcessEntry">Whether the program is the entry assembly of the process while it runs.</param>
internal sealed class EntryPoint(MethodInfo main, string[] args, string[] own, bool isProcessEntry)
{
    /// <summary>Tells this program with these arguments from others, and keeps nothing of it alive.</summary>
    public ProgramIdentity Identity { get; } = new(main.Module.ModuleVersionId, main.MetadataToken, own);

    /// <summary>Why the caller may not launch this program with these arguments: its flow began inside a launch of just that. Null if it may.</summary>
    public string? Refusal => LaunchScope.NameOfLaunch(this.Identity) is { } launch
        ? $"Launch '{launch}' runs the program '{main.Module.Assembly.GetName().Name}' with these arguments already, and the program would launch itself again and again. Where the caller is a program too, typeof(Program) may be its own: pass the name of the assembly that is to be launched. A program that is to launch itself needs other {nameof(ProgramOptions.Args)}."
        : null;

    /// <summary>A Main that is asynchronous has a compiler-made entry point, which blocks until its task has ended.</summary>
    /// <returns>The result of Main.</returns>
    public object? Call()
    {
        using (LoadContext.Enter(main.Module.Assembly))
        using (isProcessEntry ? ProcessEntry.Take(main.Module.Assembly) : null)
        {
            try
            {
                return main.Invoke(obj: null, main.GetParameters().Length > 0 ? [args.Clone()] : []);
            }
            catch (TargetInvocationException e) when (e.InnerException is not null)
            {
                ExceptionDispatchInfo.Capture(e.InnerException).Throw();
                throw;
            }
        }
    }
}
