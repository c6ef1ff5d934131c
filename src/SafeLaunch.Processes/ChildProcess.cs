using SafeLaunch.Child;
using SafeLaunch.Parent;

namespace SafeLaunch;

/// <summary>Child launches of whole programs, and the child's own side.</summary>
public static class ChildProcess
{
    /// <summary>
    /// Makes the launcher of a whole program that this process need not be able to load: of another target framework or another runtime.
    /// Its launches run in separate processes, as <see cref="ChildLauncherExtensions.InChildProcess"/> describes.
    /// </summary>
    /// <param name="path">The program: the .dll of its assembly, or its executable.</param>
    /// <param name="configure">Sets how it is launched, at this call; null for the defaults.</param>
    /// <param name="configureChild">Sets how its process is started, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no such program, or an option is out of its range, or holds code of this process.</exception>
    public static Launcher ForProgram(string path, Action<ProgramOptions>? configure = null, Action<ChildProcessOptions>? configureChild = null)
    {
        var program = ChildProgram.At(Guard.NotNull(path, nameof(path)), nameof(path));
        var options = new ProgramOptions { Name = Path.GetFileNameWithoutExtension(program.Assembly) };
        configure?.Invoke(options);
        return ChildSource.LauncherFor((ProgramOptions)options.Validated(nameof(configure)), program, launched: null, ChildSource.From(configureChild));
    }

    /// <summary>
    /// Runs the launch that a parent process wants, if this process is its child, and then ends the process. Otherwise returns at once. It is the
    /// first line of the Main of a program that has no startup hooks: native code, a trimmed program. Every other program needs no such line.
    /// </summary>
    /// <param name="launchers">
    /// The launchers that a parent may want, by their names, for a program that is trimmed or native code; their options may hold code. Without
    /// them the method or the program is found by reflection.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="launchers"/> is null or holds a null.</exception>
    public static void RunIfChild(params Launcher[] launchers)
    {
        foreach (var launcher in Guard.NotNull(launchers, nameof(launchers)))
        {
            Guard.NotNull(launcher, nameof(launchers));
        }

        if (ChildVariable.Take() is { } variable)
        {
            AssemblyFinder.FindIn(variable.Folders);
            ChildMain.Run(variable, launchers);
        }
    }
}
