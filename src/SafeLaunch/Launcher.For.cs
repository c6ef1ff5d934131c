using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <content>Launchers of delegates: the overloads of <see cref="Task.Run(Action)"/>, each also with a <see cref="LaunchContext"/>.</content>
public sealed partial class Launcher
{
    /// <summary>Makes the launcher of a delegate.</summary>
    /// <param name="launch">Blocks until the server ends, or starts it and returns at once. Called on the launch thread.</param>
    /// <param name="configure">Sets how it is launched, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Launcher For(Action launch, Action<LaunchOptions>? configure = null)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(LaunchCall.From(launch, _ => launch()), LaunchOptions.From(configure));
    }

    /// <inheritdoc cref="For(Action, Action{LaunchOptions}?)"/>
    public static Launcher For(Action<LaunchContext> launch, Action<LaunchOptions>? configure = null)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(LaunchCall.From(launch, launch), LaunchOptions.From(configure));
    }

    /// <summary>Makes the launcher of an asynchronous delegate.</summary>
    /// <param name="launch">Runs the server until its task ends, or starts it. Called on the launch thread.</param>
    /// <param name="configure">Sets how it is launched, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Launcher For(Func<Task> launch, Action<LaunchOptions>? configure = null)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(LaunchCall.FromTask(launch, _ => launch()), LaunchOptions.From(configure));
    }

    /// <inheritdoc cref="For(Func{Task}, Action{LaunchOptions}?)"/>
    public static Launcher For(Func<LaunchContext, Task> launch, Action<LaunchOptions>? configure = null)
    {
        Guard.NotNull(launch, nameof(launch));
        return new(LaunchCall.FromTask(launch, launch), LaunchOptions.From(configure));
    }

    /// <summary>Makes the launcher of a delegate that returns a server or an exit code.</summary>
    /// <typeparam name="T">
    /// The type of the server, which is disposed of at stop, on a thread-pool thread. An <see cref="int"/> is an exit code: other than 0
    /// it is an error. A <see cref="ValueTask"/> and a <see cref="ValueTask{TResult}"/> of an <see cref="int"/> are awaited. Any other
    /// result has no effect.
    /// </typeparam>
    /// <param name="launch">Starts the server and returns it; or runs it and returns an exit code. Called on the launch thread.</param>
    /// <param name="configure">Sets how it is launched, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range. Or <typeparamref name="T"/> is another <see cref="ValueTask{TResult}"/>, which could not be awaited.
    /// </exception>
    public static Launcher For<T>(Func<T> launch, Action<LaunchOptions>? configure = null)
    {
        Guard.NotNull(launch, nameof(launch));
        LaunchCall.ThrowIfNeverAwaited(typeof(T), nameof(launch));
        return new(LaunchCall.FromResult(launch, _ => launch()), LaunchOptions.From(configure));
    }

    /// <inheritdoc cref="For{T}(Func{T}, Action{LaunchOptions}?)"/>
    public static Launcher For<T>(Func<LaunchContext, T> launch, Action<LaunchOptions>? configure = null)
    {
        Guard.NotNull(launch, nameof(launch));
        LaunchCall.ThrowIfNeverAwaited(typeof(T), nameof(launch));
        return new(LaunchCall.FromResult(launch, launch), LaunchOptions.From(configure));
    }

    /// <summary>Makes the launcher of an asynchronous delegate whose task has a server or an exit code as its result.</summary>
    /// <typeparam name="T">
    /// The type of the server, which is disposed of at stop, on a thread-pool thread. An <see cref="int"/> is an exit code: other than 0
    /// it is an error. Any other result has no effect.
    /// </typeparam>
    /// <param name="launch">Starts the server; or runs it until its task ends. Called on the launch thread.</param>
    /// <param name="configure">Sets how it is launched, at this call; null for the defaults.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range. Or <typeparamref name="T"/> is a task or a <see cref="ValueTask"/> in turn, which nothing would await.
    /// </exception>
    public static Launcher For<T>(Func<Task<T>> launch, Action<LaunchOptions>? configure = null)
    {
        Guard.NotNull(launch, nameof(launch));
        LaunchCall.ThrowIfTaskOfTask(typeof(T), nameof(launch));
        return new(LaunchCall.FromTaskResult(launch, _ => launch()), LaunchOptions.From(configure));
    }

    /// <inheritdoc cref="For{T}(Func{Task{T}}, Action{LaunchOptions}?)"/>
    public static Launcher For<T>(Func<LaunchContext, Task<T>> launch, Action<LaunchOptions>? configure = null)
    {
        Guard.NotNull(launch, nameof(launch));
        LaunchCall.ThrowIfTaskOfTask(typeof(T), nameof(launch));
        return new(LaunchCall.FromTaskResult(launch, launch), LaunchOptions.From(configure));
    }
}
