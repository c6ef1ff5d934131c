using System.Reflection;

namespace SafeLaunch.Servers;

/// <summary>The folder in which a program finds its appsettings and its wwwroot while it runs in a test's process.</summary>
internal static class ContentRoot
{
    private const string KeyPrefix = "SafeLaunch.ContentRoot/";

    /// <summary>
    /// The folder of the program's project, which the build of the tests has noted in their assembly. Null where that is not
    /// known, or not on this machine: the launch then finds a folder by itself.
    /// </summary>
    public static string? Of(Assembly program)
    {
        var key = KeyPrefix + program.GetName().Name;
        return AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic)
            .SelectMany(assembly => assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
            .Where(metadata => string.Equals(metadata.Key, key, StringComparison.Ordinal))
            .Select(metadata => metadata.Value)
            .FirstOrDefault(Directory.Exists);
    }
}
