using System.Reflection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Programs;

/// <summary>A program whose assembly the caller has loaded. All of its launches use that one, and share its statics.</summary>
internal sealed class ReferencedProgram(MethodInfo main) : IProgram, ILoadedProgram
{
    public string Name { get; } = main.Module.Assembly.GetName().Name!;

    public string Location { get; } = LocationOf(main.Module.Assembly);

    public Guid Module => main.Module.ModuleVersionId;

    public int EntryPoint => main.MetadataToken;

    public MethodInfo Main => main;

    /// <exception cref="ArgumentException">It is the assembly of no program.</exception>
    public static ReferencedProgram Of(Assembly assembly, string parameter) => new(assembly.EntryPoint ?? throw new ArgumentException(
        $"The assembly '{assembly.GetName().Name}' has no entry point. Pass the assembly of a program, or launch a delegate.",
        parameter));

    public ILoadedProgram Load() => this;

    public void Release(string launch, ILogger logger)
    {
    }

#if NET
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "A program without a file is expected.")]
#endif
    private static string LocationOf(Assembly assembly) => assembly.Location;
}
