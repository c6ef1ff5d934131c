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
        return isBuildOutput && SymbolFileOf(location) is { } symbols && ProjectAbove(symbols, "obj") is { } project ? project : folder;
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
