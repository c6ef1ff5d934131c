using System.Reflection;
using System.Runtime.Loader;

namespace PluginHost;

/// <summary>
/// Loads a plugin and its assemblies from its own folder, and all others from the host. It can be unloaded, which is a
/// wish: it goes once nothing refers to anything of it any longer.
/// </summary>
/// <param name="plugin">The path of the plugin's assembly, which has its <c>.deps.json</c> beside it.</param>
/// <param name="shared">Simple names of assemblies that are the host's even if the plugin brings them.</param>
internal sealed class PluginLoadContext(string plugin, params string[] shared) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(plugin), isCollectible: true)
{
    private readonly AssemblyDependencyResolver resolver = new(plugin);

    public Assembly LoadPlugin() => this.LoadFromAssemblyPath(plugin);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        !shared.Contains(assemblyName.Name) && this.resolver.ResolveAssemblyToPath(assemblyName) is { } path
            ? this.LoadFromAssemblyPath(path)
            : null;

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        this.resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? this.LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
}
