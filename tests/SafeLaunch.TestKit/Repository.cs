using System.Reflection;

namespace SafeLaunch.TestKit;

/// <summary>The folders of this repository, and the outputs of its projects that were built together with the tests.</summary>
internal static class Repository
{
    private static readonly string BuildFolder = $"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}";

    /// <summary>Gets the folder of the solution.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>Gets the configuration that the tests are built in.</summary>
    public static string Configuration { get; } = typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The folder that a project is built into, which has the same place in the project as that of the running tests.</summary>
    /// <param name="project">The folder of the project, from the root of the repository, such as "tests/assets/Programs/ChildProgram".</param>
    /// <param name="framework">Its target framework, if that is another than the one of the tests.</param>
    public static string OutputOf(string project, string? framework = null)
    {
        var tests = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var output = tests.Substring(tests.LastIndexOf(BuildFolder, StringComparison.Ordinal) + 1);
        return PathOf(project, framework is null ? output : Path.Combine(Path.GetDirectoryName(output)!, framework));
    }

    /// <summary>The full path of a file or a folder.</summary>
    /// <param name="parts">The path from the root of the repository, in one part or several.</param>
    public static string PathOf(params string[] parts) => Path.GetFullPath(Path.Combine([Folder, .. parts]));

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SafeLaunch.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has the file SafeLaunch.sln.");
        }

        return folder.FullName;
    }
}
