using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SafeLaunch.Child;

/// <summary>Finds assemblies that the program of a child process does not bring.</summary>
internal static class AssemblyFinder
{
    public static void FindIn(string[] folders) => AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => Find(folders, new(wanted.Name));

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A trimmed program brings all that it needs.")]
    private static Assembly? Find(string[] folders, AssemblyName name)
    {
        // A resource assembly is looked for in each language, and most have none.
        var file = folders.Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name.Name + ".dll"))
            .FirstOrDefault(File.Exists);
        return file is null ? null : Assembly.LoadFrom(file);
    }
}
