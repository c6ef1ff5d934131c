using System.Reflection;
using SafeLaunch.Servers;

namespace SafeLaunch;

/// <content>The servers of programs, of delegates and of launchers.</content>
public sealed partial class LaunchedServer
{
    private const string DefaultName = "server";

    /// <summary>Makes a server of a whole program: its <c>Main</c>, or its top-level statements.</summary>
    /// <typeparam name="TProgram">Any type of the program, such as <c>Program</c>.</typeparam>
    /// <param name="configure">
    /// Changes how it is launched: arguments, environment, configuration, services, time-outs. Called at each start; null for nothing.
    /// The environment is Development, and the content root the folder of the program's project, unless this says otherwise.
    /// </param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="TProgram"/> is in an assembly that is no program.</exception>
    public static LaunchedServer For<TProgram>(Action<ProgramOptions>? configure = null) => ForProgram(typeof(TProgram).Assembly, configure);

    /// <summary>Makes a server of a whole program by the name of its assembly, as where two programs have a <c>Program</c> each.</summary>
    /// <param name="program">The name of its assembly, such as <c>Shop</c>.</param>
    /// <param name="configure">As for <see cref="For{TProgram}(Action{ProgramOptions}?)"/>.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="program"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no such assembly, or it is no program.</exception>
    public static LaunchedServer For(string program, Action<ProgramOptions>? configure = null)
    {
        // Made once here, so that a name that is not known shows here.
        _ = Launcher.ForProgram(program);
        return ForProgram(Assembly.Load(program), configure);
    }

    /// <summary>Makes a server of a delegate.</summary>
    /// <param name="launch">As for <see cref="Launcher.For(Action, Action{LaunchOptions}?)"/>.</param>
    /// <param name="configure">Changes how it is launched: configuration, services, time-outs. Called at each start; null for nothing.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    public static LaunchedServer For(Action launch, Action<LaunchOptions>? configure = null) =>
        ForValid(apply => Launcher.For(launch, apply), configure);

    /// <inheritdoc cref="For(Action, Action{LaunchOptions}?)"/>
    public static LaunchedServer For(Action<LaunchContext> launch, Action<LaunchOptions>? configure = null) =>
        ForValid(apply => Launcher.For(launch, apply), configure);

    /// <summary>Makes a server of an asynchronous delegate.</summary>
    /// <param name="launch">As for <see cref="Launcher.For(Func{Task}, Action{LaunchOptions}?)"/>.</param>
    /// <param name="configure">Changes how it is launched: configuration, services, time-outs. Called at each start; null for nothing.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    public static LaunchedServer For(Func<Task> launch, Action<LaunchOptions>? configure = null) =>
        ForValid(apply => Launcher.For(launch, apply), configure);

    /// <inheritdoc cref="For(Func{Task}, Action{LaunchOptions}?)"/>
    public static LaunchedServer For(Func<LaunchContext, Task> launch, Action<LaunchOptions>? configure = null) =>
        ForValid(apply => Launcher.For(launch, apply), configure);

    /// <summary>Makes a server of a delegate that returns it.</summary>
    /// <typeparam name="T">The type of the server, which is disposed of at stop.</typeparam>
    /// <param name="launch">As for <see cref="Launcher.For{T}(Func{T}, Action{LaunchOptions}?)"/>.</param>
    /// <param name="configure">Changes how it is launched: configuration, services, time-outs. Called at each start; null for nothing.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is a <see cref="ValueTask{TResult}"/> that could not be awaited.</exception>
    public static LaunchedServer For<T>(Func<T> launch, Action<LaunchOptions>? configure = null) =>
        ForValid(apply => Launcher.For(launch, apply), configure);

    /// <inheritdoc cref="For{T}(Func{T}, Action{LaunchOptions}?)"/>
    public static LaunchedServer For<T>(Func<LaunchContext, T> launch, Action<LaunchOptions>? configure = null) =>
        ForValid(apply => Launcher.For(launch, apply), configure);

    /// <summary>Makes a server of an asynchronous delegate whose task has it as its result.</summary>
    /// <typeparam name="T">The type of the server, which is disposed of at stop.</typeparam>
    /// <param name="launch">As for <see cref="Launcher.For{T}(Func{Task{T}}, Action{LaunchOptions}?)"/>.</param>
    /// <param name="configure">Changes how it is launched: configuration, services, time-outs. Called at each start; null for nothing.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is a task in turn.</exception>
    public static LaunchedServer For<T>(Func<Task<T>> launch, Action<LaunchOptions>? configure = null) =>
        ForValid(apply => Launcher.For(launch, apply), configure);

    /// <inheritdoc cref="For{T}(Func{Task{T}}, Action{LaunchOptions}?)"/>
    public static LaunchedServer For<T>(Func<LaunchContext, Task<T>> launch, Action<LaunchOptions>? configure = null) =>
        ForValid(apply => Launcher.For(launch, apply), configure);

    /// <summary>Makes a server of a launcher, such as a launcher that the program under test makes itself.</summary>
    /// <param name="launcher">
    /// Makes the launcher, at each start. It is given the delegate that sets the options of a test server, and passes it to the launcher
    /// as <c>configure</c>.
    /// </param>
    /// <param name="configure">Changes how it is launched: configuration, services, time-outs. Called at each start; null for nothing.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launcher"/> is null.</exception>
    public static LaunchedServer ForLauncher(Func<Action<LaunchOptions>, Launcher> launcher, Action<LaunchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(launcher);
        return Of(DefaultName, prepare => launcher(options => prepare(options, () => configure?.Invoke(options))));
    }

    private static LaunchedServer Of(string name, Func<ServerSetup.Prepare, Launcher> launcher) => new(new ServerSetup(name, launcher));

    private static LaunchedServer ForValid(Func<Action<LaunchOptions>, Launcher> launcher, Action<LaunchOptions>? configure)
    {
        // Made once here, so that a delegate that cannot be launched shows here.
        _ = launcher(static _ => { });
        return ForLauncher(launcher, configure);
    }

    private static LaunchedServer ForProgram(Assembly program, Action<ProgramOptions>? configure)
    {
        // Made once here, so that an assembly that is no program shows here.
        _ = Launcher.ForProgram(program);
        return Of(program.GetName().Name!, prepare => Launcher.ForProgram(program, options =>
        {
            options.Environment = "Development";
            options.ContentRoot = ContentRoot.Of(program);
            prepare(options, () => configure?.Invoke(options));
        }));
    }
}
