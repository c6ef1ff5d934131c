#if NET
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Programs;

/// <summary>
/// The assemblies that an isolated program takes from this process, although it may bring them too: the shared frameworks, and
/// Microsoft.Extensions.Hosting with all that it needs, by whose types an app host is detected.
/// </summary>
internal static class SharedAssemblies
{
    /// <summary>That of SafeLaunch, which may be a plugin's.</summary>
    private static readonly AssemblyLoadContext Context = AssemblyLoadContext.GetLoadContext(typeof(SharedAssemblies).Assembly)!;

    private static readonly Lazy<HashSet<string>> All = new(Find);

    public static IReadOnlyCollection<string> Names => All.Value;

    public static bool Has(string name) => All.Value.Contains(name);

    public static Assembly Load(AssemblyName name) => Context.LoadFromAssemblyName(name);

    private static HashSet<string> Find()
    {
        var names = new HashSet<string>(OfFrameworks(), StringComparer.OrdinalIgnoreCase);
        AddWithReferences(typeof(Host).Assembly.GetName(), names);
        return names;
    }

    /// <summary>Those of the process that do not lie in its own folder; all of them if the process brings its frameworks itself.</summary>
    private static IEnumerable<string> OfFrameworks()
    {
        var files = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var others = files.Where(file => !file.StartsWith(AppContext.BaseDirectory, StringComparison.OrdinalIgnoreCase)).ToArray();
        return (others.Length > 0 ? others : files).Select(file => Path.GetFileNameWithoutExtension(file));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The launcher of a program by its path demands it.")]
    private static void AddWithReferences(AssemblyName assembly, HashSet<string> names)
    {
        if (!names.Add(assembly.Name!))
        {
            return;
        }

        foreach (var reference in Load(assembly).GetReferencedAssemblies())
        {
            AddWithReferences(reference, names);
        }
    }
}
#endif
