#if NET
using System.Diagnostics.CodeAnalysis;

namespace SafeLaunch.Programs;

/// <summary>A program that no code references: it is known by the path of its assembly, and each launch loads it again.</summary>
[method: RequiresUnreferencedCode("A program that is loaded from a file may need code that trimming has removed.")]
internal sealed class ProgramFile(string file, ProgramHeader header) : IProgram
{
    public string Name => header.Name;

    public string Location => file;

    public Guid Module => header.Module;

    public int EntryPoint => header.EntryPoint;

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The constructor demands it.")]
    public ILoadedProgram Load() => new IsolatedProgram(file, header.Name);
}
#endif
