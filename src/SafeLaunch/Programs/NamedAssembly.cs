using System.Reflection;

namespace SafeLaunch.Programs;

/// <summary>Finds the assembly of a program by its name.</summary>
internal static class NamedAssembly
{
    /// <exception cref="ArgumentException">It is no name, or that of no assembly that can be loaded.</exception>
    public static Assembly Load(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("The name of the program's assembly is blank.", nameof(name));
        }

        try
        {
            return Assembly.Load(name);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            throw new ArgumentException($"There is no assembly '{name}' that can be loaded here. Reference its project, pass the path of its .dll, or pass the assembly itself.", nameof(name), e);
        }
    }
}
