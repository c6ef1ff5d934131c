using SafeLaunch.Parent;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <summary>Launches that run in separate processes.</summary>
/// <example>
/// <code>
/// using var handle = Launcher.For(Shop.Run, options => options.UseLoopback()).InChildProcess().Start();
/// Console.WriteLine(handle.Address);
/// </code>
/// </example>
public static class ChildLauncherExtensions
{
    /// <summary>
    /// Makes the launcher of child launches: each runs in a separate process. It can neither take this process down nor outlive it. A process that
    /// does not stop in time is killed, with all processes that it has started. The handle, the addresses, the guard, the logs and
    /// the outcome are those of any launch; <see cref="LaunchHandle.Services"/>, <see cref="LaunchHandle.Hosts"/> and the code of
    /// <see cref="LaunchHandle.InvokeAsync(Action)"/> are in this process, and so have nothing of the launched app.
    /// </summary>
    /// <param name="launcher">The launcher of a static method, of a lambda that captures nothing, or of a whole program.</param>
    /// <param name="configure">Sets how the process is started, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launcher"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The delegate captures something, an option holds code of this process, or this process runs no program that a child could run too. The
    /// message says which, and the remedy.
    /// </exception>
    public static Launcher InChildProcess(this Launcher launcher, Action<ChildProcessOptions>? configure = null)
    {
        var source = Guard.NotNull(launcher, nameof(launcher)).Source as LaunchSource
            ?? throw new ArgumentException($"Launch '{launcher.Name}' is no plain launch of a delegate or a program. Call {nameof(InChildProcess)} first, and Supervised on its result.", nameof(launcher));
        var child = ChildSource.From(configure);
        var program = child.Program is null ? null : ChildProgram.At(child.Program, nameof(configure));
        return source.Call switch
        {
            { Program.Program: { } launched } => ChildSource.LauncherFor((ProgramOptions)source.Options, program ?? ChildProgram.Of(launched, nameof(launcher)), launched, child),
            { Original: { } code } => ChildSource.LauncherFor(source.Options, program ?? ChildProgram.OfThisProcess(nameof(launcher)), PortableMethod.Of(code, $"Launch '{launcher.Name}'", nameof(launcher)), child),
            _ => throw new ArgumentException($"Launch '{launcher.Name}' runs in another process already.", nameof(launcher)),
        };
    }
}
