namespace SafeLaunch.Programs;

/// <summary>Distinguishes the path of a program's file from the name of its assembly.</summary>
internal static partial class ProgramPath
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    public static bool Is(string name) => name.IndexOfAny(Separators) >= 0 || HasExtension(name, ".dll") || HasExtension(name, ".exe");

    private static bool HasExtension(string name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
