#if NET
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;

namespace SafeLaunch.Programs;

/// <summary>
/// Compares the shared frameworks that a program needs, by its <c>.runtimeconfig.json</c>, with those of this process. Which ones a process
/// has is settled before its first code runs.
/// </summary>
internal static class ProgramFrameworks
{
    /// <summary>Each framework with an assembly that only it has, and whose version is that of the framework.</summary>
    private static readonly (string Framework, string Assembly)[] Known =
    [
        ("Microsoft.NETCore.App", "System.Private.CoreLib"),
        ("Microsoft.AspNetCore.App", "Microsoft.AspNetCore"),
        ("Microsoft.WindowsDesktop.App", "System.Windows.Forms"),
    ];

    /// <exception cref="PlatformNotSupportedException">This process has not all that the program needs.</exception>
    public static void ThrowIfMissing(string program)
    {
        foreach (var (name, version) in NeededBy(program))
        {
            if (Array.Find(Known, known => known.Framework.Equals(name, StringComparison.OrdinalIgnoreCase)).Assembly is not { } assembly)
            {
                continue;
            }

            var found = VersionOf(assembly);
            if (found is null || found < version)
            {
                var present = found is null ? "has none" : $"has {found.ToString(2)}";
                var remedy = found is null ? $"Add a FrameworkReference to {name} to the project of this process. Or: " : "";
                throw new PlatformNotSupportedException($"The program '{program}' needs the shared framework {name} {version.ToString(2)}, and this process {present}; it cannot be loaded later. {remedy}{ProgramPath.ProcessRemedy}");
            }
        }
    }

    private static Version? VersionOf(string assembly)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(assembly)).GetName().Version;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Empty for a program without such a file, which was never meant to be started by itself.</summary>
    private static List<(string Name, Version Version)> NeededBy(string program)
    {
        var needed = new List<(string, Version)>();
        var file = Path.ChangeExtension(program, ".runtimeconfig.json");
        if (!File.Exists(file))
        {
            return needed;
        }

        using var stream = File.OpenRead(file);
        using var json = JsonDocument.Parse(stream, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        if (!json.RootElement.TryGetProperty("runtimeOptions", out var options))
        {
            return needed;
        }

        if (options.TryGetProperty("framework", out var one))
        {
            Add(one);
        }

        // A program that was published with its frameworks names them in the second.
        foreach (var list in new[] { "frameworks", "includedFrameworks" })
        {
            if (options.TryGetProperty(list, out var several))
            {
                foreach (var framework in several.EnumerateArray())
                {
                    Add(framework);
                }
            }
        }

        return needed;

        void Add(JsonElement framework) => needed.Add((framework.GetProperty("name").GetString()!, MajorAndMinor(framework.GetProperty("version").GetString()!)));
    }

    /// <summary>The first two numbers of a version, which may be a preview such as "10.0.0-preview.1". No program needs a patch.</summary>
    private static Version MajorAndMinor(string version) => Version.Parse(string.Join('.', version.Split('.').Take(2)));
}
#endif
