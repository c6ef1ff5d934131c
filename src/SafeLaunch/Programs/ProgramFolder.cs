namespace SafeLaunch.Programs;

/// <summary>The folder in which a program finds its appsettings and its wwwroot when it is started by itself.</summary>
internal static partial class ProgramFolder
{
    /// <summary>
    /// The folder of its assembly. In a build's output that is not enough: several programs may share it, and only one of their
    /// appsettings.json is there, and no wwwroot. So there it is the folder of the program's project, as under <c>dotnet run</c>.
    /// </summary>
    /// <param name="location">The path of its assembly; empty if that has no file.</param>
    public static string Of(string location)
    {
        if (location.Length == 0)
        {
            return AppContext.BaseDirectory;
        }

        var folder = Path.GetDirectoryName(location)!;
        var isBuildOutput = !string.Equals(Path.GetFileName(folder), "publish", StringComparison.OrdinalIgnoreCase)
            && ProjectAbove(folder, "bin") is not null;
        return isBuildOutput && SymbolFileOf(location) is { } symbols && ProjectOf(symbols, folder) is { } project ? project : folder;
    }

    /// <summary>The folder of the project whose build has written an assembly; null if there is none on this machine.</summary>
    /// <param name="symbols">Where its symbols were written.</param>
    /// <param name="output">The folder of the assembly.</param>
    private static string? ProjectOf(string symbols, string output)
    {
        if (PathInRepository(symbols) is not { } path)
        {
            return ProjectAbove(symbols, "obj");
        }

        for (var root = new DirectoryInfo(output); root is not null; root = root.Parent)
        {
            if (ProjectAbove(Path.Combine(root.FullName, path), "obj") is { } project)
            {
                return project;
            }
        }

        return null;
    }

    /// <summary>
    /// Builds for CI hide the paths of their machine: they write <c>/_/</c>, or <c>/_1/</c> and so on, for the root of the repository. Null for
    /// a path of any other build.
    /// </summary>
    private static string? PathInRepository(string path)
    {
        const string mapped = "/_";
        if (!path.StartsWith(mapped, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = path.Substring(mapped.Length).TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return rest is ['/', .. var relative] ? relative : null;
    }

    /// <summary>The folder of the project whose build has written a path into its folder of that name; null if there is none on this machine.</summary>
    private static string? ProjectAbove(string path, string buildFolder)
    {
        for (var folder = new DirectoryInfo(path); folder.Parent is { } parent; folder = parent)
        {
            if (string.Equals(folder.Name, buildFolder, StringComparison.OrdinalIgnoreCase) && HasProject(parent))
            {
                return parent.FullName;
            }
        }

        return null;
    }

    private static bool HasProject(DirectoryInfo folder) =>
        folder.Exists && folder.EnumerateFiles("*.*proj").Any(file => file.Extension is ".csproj" or ".fsproj" or ".vbproj");
}
