using SafeLaunch.Programs;

namespace SafeLaunch.Supervision;

/// <summary>A program and its arguments, as something to launch.</summary>
/// <param name="program">The program.</param>
/// <param name="args">All of its arguments. Each call gets a copy.</param>
/// <param name="own">The arguments among them that its caller gave, which say why it is launched. Its configuration may be another each time.</param>
/// <param name="isProcessEntry">Whether the program is the entry assembly of the process while it runs.</param>
internal sealed class EntryPoint(IProgram program, string[] args, string[] own, bool isProcessEntry)
{
    public IProgram Program => program;

    /// <summary>Distinguishes this program with these arguments from others, and keeps nothing of it alive.</summary>
    public ProgramIdentity Identity { get; } = new(program.Module, program.EntryPoint, own);

    /// <summary>Why the caller may not launch this program with these arguments: its flow began inside a launch of just that. Null if it may.</summary>
    public string? Refusal => LaunchScope.NameOfLaunch(this.Identity) is { } launch
        ? $"Launch '{launch}' runs the program '{program.Name}' with these arguments already, and the program would launch itself again and again. Where the caller is a program too, typeof(Program) may be its own: pass the name of the assembly that is to be launched. A program that is to launch itself needs other {nameof(ProgramOptions.Args)}."
        : null;

    /// <summary>Gives one launch the program.</summary>
    public ProgramRun NewRun() => new(program, args, isProcessEntry);
}
