#if NET
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace SafeLaunch.Programs;

/// <summary>
/// Loads a program and its assemblies from its own folder, so that it has its own statics, and takes the assemblies that it shares from this process.
/// </summary>
internal sealed class ProgramLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver resolver;

    /// <exception cref="LaunchException">It brings a newer version of an assembly that it has to share.</exception>
    public ProgramLoadContext(string file, string name)
        : base(name, isCollectible: true)
    {
        this.resolver = new(file);
        this.ThrowIfNewer(name);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The constructor of the program's file demands it.")]
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (SharedAssemblies.Has(assemblyName.Name!))
        {
            return SharedAssemblies.Load(assemblyName);
        }

        return this.resolver.ResolveAssemblyToPath(assemblyName) is { } path ? this.LoadFromAssemblyPath(path) : null;
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        this.resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? this.LoadUnmanagedDllFromPath(path) : IntPtr.Zero;

    /// <summary>
    /// Refuses a program with a newer version of a shared assembly before the program runs, since it would miss a method in the middle. Two
    /// versions side by side would not know the types of one another; a host of the second, for example, would not be detected.
    /// </summary>
    private void ThrowIfNewer(string program)
    {
        foreach (var shared in SharedAssemblies.Names)
        {
            if (this.resolver.ResolveAssemblyToPath(new AssemblyName(shared)) is { } path
                && GetAssemblyName(path).Version is { } brought
                && SharedAssemblies.Load(new AssemblyName(shared)).GetName().Version is { } present
                && brought > present)
            {
                throw new LaunchException($"The program '{program}' brings {shared} {brought}, which it would have to share with this process, whose version is {present}. Reference that version in this process. Or: {ProgramPath.ProcessRemedy}");
            }
        }
    }
}
#endif
