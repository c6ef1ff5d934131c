using System.Reflection;

namespace SafeLaunch.Programs;

/// <summary>Finds the assembly of a program by its name.</summary>
internal static class NamedAssembly
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <exception cref="ArgumentException">It is no name, or that of no assembly that can be loaded.</exception>
    public static Assembly Load(string name)
    {
        Guard.NotNull(name, nameof(name));
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("The name of the program's assembly is blank.", nameof(name));
        }

        if (name.IndexOfAny(Separators) >= 0 || HasExtension(name, ".dll") || HasExtension(name, ".exe"))
        {
            throw new ArgumentException($"'{name}' is the name of a file. Pass the name of an assembly that this program references, such as \"Shop\", or an assembly that is loaded already.", nameof(name));
        }

        try
        {
            return Assembly.Load(name);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            throw new ArgumentException($"There is no assembly '{name}' that can be loaded here. Reference its project, or pass the assembly itself.", nameof(name), e);
        }
    }

    private static bool HasExtension(string name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
