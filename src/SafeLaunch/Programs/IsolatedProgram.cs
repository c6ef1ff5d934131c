#if NET
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Programs;

/// <summary>A program in the load context of one launch.</summary>
internal sealed class IsolatedProgram : ILoadedProgram
{
    private readonly ProgramLoadContext context;

    /// <exception cref="LaunchException">It cannot share this process.</exception>
    [RequiresUnreferencedCode("A program that is loaded from a file may need code that trimming has removed.")]
    public IsolatedProgram(string file, string name)
    {
        this.context = new(file, name);
        this.Main = this.context.LoadFromAssemblyPath(file).EntryPoint!;
    }

    public MethodInfo Main { get; }

    public void Release(string launch, ILogger logger)
    {
        UnloadWatch.Begin(this.context, launch, logger);
        this.context.Unload();
    }
}
#endif
