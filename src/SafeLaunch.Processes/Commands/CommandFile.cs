using SafeLaunch.Running;

namespace SafeLaunch.Commands;

/// <summary>Finds the file of a command as a shell does.</summary>
internal static class CommandFile
{
    /// <summary>On Windows a file without one comes last: beside npm.cmd there is an npm for the shells of Unix.</summary>
    private static readonly string[] Extensions = Native.IsUnix ? [""] : [".exe", ".cmd", ".bat", ""];

    /// <summary>Whether it is looked for on the PATH.</summary>
    public static bool IsName(string file) => string.Equals(Path.GetFileName(file), file, StringComparison.Ordinal);

    /// <summary>Its path; null if there is none.</summary>
    public static string? Find(string file)
    {
        string[] folders = IsName(file) ? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator) : [Environment.CurrentDirectory];
        return folders.Where(folder => folder.Length > 0)
            .SelectMany(folder => Extensions.Select(extension => Path.Combine(folder, file + extension)))
            .FirstOrDefault(File.Exists);
    }
}
