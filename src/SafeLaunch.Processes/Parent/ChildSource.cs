using SafeLaunch.Programs;
using SafeLaunch.Running;
using SafeLaunch.Wire;

namespace SafeLaunch.Parent;

/// <summary>Makes launchers of child launches.</summary>
internal static class ChildSource
{
    public static ChildProcessOptions From(Action<ChildProcessOptions>? configure)
    {
        var options = new ChildProcessOptions();
        configure?.Invoke(options);
        return options;
    }

    public static Launcher LauncherFor(LaunchOptions options, ChildProgram program, MethodReference method, ChildProcessOptions child) =>
        LauncherFor(new ChildPlan(options, child, program, method, launched: null));

    /// <param name="options">The options of the program.</param>
    /// <param name="program">The program of the process.</param>
    /// <param name="launched">The launched program; null where it is that of the process.</param>
    /// <param name="child">How the process is started.</param>
    public static Launcher LauncherFor(ProgramOptions options, ChildProgram program, IProgram? launched, ChildProcessOptions child)
    {
        var path = launched?.Location ?? program.Assembly;
        return LauncherFor(new ChildPlan(options, child, program, method: null, new()
        {
            Assembly = string.Equals(path, program.Assembly, StringComparison.Ordinal) ? null : launched?.Name,
            Path = path,
            Args = [.. options.Args],
            Environment = options.Environment,
            ContentRoot = options.ContentRoot is { } folder ? Path.GetFullPath(folder) : null,
            PassHostArguments = options.PassHostArguments,
            SetEntryAssembly = options.SetEntryAssembly,
        }));
    }

    private static Launcher LauncherFor(ChildPlan plan) =>
        new(new ProcessSource(plan.Options, request => new ChildRun(plan, request.CancellationToken)));
}
