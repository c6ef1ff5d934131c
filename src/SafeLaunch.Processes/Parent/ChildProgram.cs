using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Programs;
using SafeLaunch.Running;

namespace SafeLaunch.Parent;

/// <summary>The program that a child process runs.</summary>
internal sealed class ChildProgram
{
    private const string OwnPackage = "SafeLaunch.Processes";

    private readonly string file;
    private readonly string[] arguments;

    private ChildProgram(string file, string[] arguments, string assembly)
    {
        this.file = file;
        this.arguments = arguments;
        this.Assembly = assembly;
        this.Hook = FindHook(Path.GetDirectoryName(assembly)!);
        this.Folders = [Path.GetDirectoryName(this.Hook) ?? "", Path.GetDirectoryName(LocationOf(typeof(IHost).Assembly)) ?? ""];
    }

    /// <summary>The file of the assembly of the program; it may be part of a single file, and is not there then.</summary>
    public string Assembly { get; }

    /// <summary>The assembly that is to run in the child before its Main: a path, or a name where it is part of a single file.</summary>
    public string Hook { get; }

    /// <summary>The folders in which the child finds SafeLaunch and the assemblies that SafeLaunch needs, if the program does not bring them.</summary>
    public string[] Folders { get; }

    /// <summary>Whether its startup hooks are off, as for native code, so that only its Main can serve a launch.</summary>
    public bool HasNoHooks => IsProgram(this.Assembly)
        && File.ReadAllText(RuntimeConfigOf(this.Assembly)).Replace(" ", "", StringComparison.Ordinal).Contains("\"System.StartupHookProvider.IsSupported\":false", StringComparison.Ordinal);

    /// <exception cref="ArgumentException">There is no such program.</exception>
    public static ChildProgram At(string path, string parameter)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ArgumentException("The path of the program is blank.", parameter);
        }

        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new ArgumentException($"There is no program '{full}'. Build or publish it first.", parameter);
        }

        var extension = Path.GetExtension(full);
        if (!string.Equals(extension, ".dll", StringComparison.OrdinalIgnoreCase))
        {
            return new(full, [], AssemblyOf(full));
        }

        return IsProgram(full)
            ? new(Dotnet.Find(), [full], full)
            : throw new ArgumentException($"'{full}' is no program: there is no '{Path.GetFileName(RuntimeConfigOf(full))}' beside it. Pass the output of a project whose OutputType is Exe.", parameter);
    }

    /// <summary>The program that was to be launched in this process; where it cannot be run by itself, that of this process.</summary>
    /// <exception cref="ArgumentException">Neither is a program.</exception>
    public static ChildProgram Of(IProgram launched, string parameter) =>
        launched.Location is { Length: > 0 } path && IsProgram(path) ? new(Dotnet.Find(), [path], path) : OfThisProcess(parameter);

    /// <exception cref="ArgumentException">This process runs no program of .NET.</exception>
    public static ChildProgram OfThisProcess(string parameter)
    {
        var path = Dotnet.ProcessPath;
        var entry = System.Reflection.Assembly.GetEntryAssembly() is { } assembly ? LocationOf(assembly) : null;
        if (Dotnet.IsHost(path) && entry is not null && IsProgram(entry))
        {
            return new(path, [entry], entry);
        }

        var isOwn = entry is "" || (entry is not null && IsBeside(path, entry));
        return isOwn
            ? new(path, [], entry!.Length > 0 ? entry : AssemblyOf(path))
            : throw new ArgumentException($"This process, '{path}', runs no program of .NET that a child process could run too. Set {nameof(ChildProcessOptions)}.{nameof(ChildProcessOptions.Program)} to the path of one, or launch a whole program by {nameof(ChildProcess)}.{nameof(ChildProcess.ForProgram)}.", parameter);
    }

    /// <summary>The path of an assembly; empty for a part of a single file or of native code.</summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Callers expect that there is none.")]
    public static string LocationOf(Assembly assembly) => assembly.Location;

    public ProcessStartInfo StartInfo() => new(this.file, CommandLine.Of(this.arguments));

    public override string ToString() => this.arguments is [var path] ? path : this.file;

    private static bool IsBeside(string executable, string entry) =>
        string.Equals(AssemblyOf(executable), entry, StringComparison.OrdinalIgnoreCase);

    /// <summary>The assembly that an executable runs. On Unix its name has no extension, and may have dots.</summary>
    private static string AssemblyOf(string executable) =>
        string.Equals(Path.GetExtension(executable), ".exe", StringComparison.OrdinalIgnoreCase) ? Path.ChangeExtension(executable, ".dll") : executable + ".dll";

    private static bool IsProgram(string assembly) => File.Exists(RuntimeConfigOf(assembly));

    private static string RuntimeConfigOf(string assembly) => Path.ChangeExtension(assembly, "runtimeconfig.json");

    /// <summary>The package that the program brings itself fits its runtime. Otherwise it gets that of this process.</summary>
    private static string FindHook(string folder)
    {
        var brought = Path.Combine(folder, OwnPackage + ".dll");
        return File.Exists(brought) ? brought
            : LocationOf(typeof(ChildProgram).Assembly) is { Length: > 0 } own ? own
            : OwnPackage;
    }
}
