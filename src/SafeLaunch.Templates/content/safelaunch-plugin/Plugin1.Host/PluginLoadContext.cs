using System.Reflection;
using System.Runtime.Loader;
using Plugin1.Contract;

namespace Plugin1.Host;

/// <summary>
/// Loads a plugin and the assemblies that it brings from its folder. The contract and the frameworks are those of the host, also where the
/// plugin brings a copy: types of two copies, such as two IHostBuilder, would have nothing to do with each other.
/// </summary>
/// <param name="path">The path of the plugin's assembly. Its .deps.json is beside it.</param>
internal sealed class PluginLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path), isCollectible: true)
{
    private static readonly HashSet<string?> Shared = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(assembly => !assembly.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
        .Select(Path.GetFileNameWithoutExtension)
        .Append(typeof(IPlugin).Assembly.GetName().Name)
        .ToHashSet();

    private readonly AssemblyDependencyResolver resolver = new(path);

    public IPlugin CreatePlugin()
    {
        var type = this.LoadFromAssemblyPath(path).GetExportedTypes().Single(typeof(IPlugin).IsAssignableFrom);
        return (IPlugin)Activator.CreateInstance(type)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        !Shared.Contains(assemblyName.Name) && this.resolver.ResolveAssemblyToPath(assemblyName) is { } assembly
            ? this.LoadFromAssemblyPath(assembly)
            : null;

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        this.resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } library ? this.LoadUnmanagedDllFromPath(library) : IntPtr.Zero;
}
