namespace SafeLaunch;

/// <content>A recipe and its start in one call. There is one for each constructor, or the task of a delegate would be dropped.</content>
public sealed partial class Launcher
{
    /// <summary>Starts a launch and returns once it is ready, as <see cref="Start()"/> does.</summary>
    /// <param name="launch">Blocks until the server ends, or starts it and returns at once; see <see cref="Launcher(Action, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <returns>The handle of the running launch.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static LaunchHandle Start(Action launch, LaunchOptions? options = null) => new Launcher(launch, options).Start();

    /// <summary>Starts a launch and returns once it is ready, as <see cref="Start()"/> does.</summary>
    /// <param name="launch">Blocks until the server ends, or starts it and returns at once; see <see cref="Launcher(Action{LaunchContext}, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <returns>The handle of the running launch.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static LaunchHandle Start(Action<LaunchContext> launch, LaunchOptions? options = null) => new Launcher(launch, options).Start();

    /// <summary>Starts a launch and returns once it is ready, as <see cref="Start()"/> does.</summary>
    /// <param name="launch">Starts the server and returns it, to be disposed at stop; see <see cref="Launcher(Func{object}, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <returns>The handle of the running launch.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static LaunchHandle Start(Func<object?> launch, LaunchOptions? options = null) => new Launcher(launch, options).Start();

    /// <summary>Starts a launch and returns once it is ready, as <see cref="Start()"/> does.</summary>
    /// <param name="launch">Starts the server and returns it, to be disposed at stop; see <see cref="Launcher(Func{LaunchContext, object}, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <returns>The handle of the running launch.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static LaunchHandle Start(Func<LaunchContext, object?> launch, LaunchOptions? options = null) => new Launcher(launch, options).Start();

    /// <summary>Starts a launch and returns once it is ready, as <see cref="Start()"/> does.</summary>
    /// <param name="launch">Runs the server until its task ends, or starts it; see <see cref="Launcher(Func{Task}, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <returns>The handle of the running launch.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static LaunchHandle Start(Func<Task> launch, LaunchOptions? options = null) => new Launcher(launch, options).Start();

    /// <summary>Starts a launch and returns once it is ready, as <see cref="Start()"/> does.</summary>
    /// <param name="launch">Runs the server until its task ends, or starts it; see <see cref="Launcher(Func{LaunchContext, Task}, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <returns>The handle of the running launch.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static LaunchHandle Start(Func<LaunchContext, Task> launch, LaunchOptions? options = null) => new Launcher(launch, options).Start();

    /// <summary>Starts a launch, as <see cref="StartAsync(CancellationToken)"/> does.</summary>
    /// <param name="launch">Blocks until the server ends, or starts it and returns at once; see <see cref="Launcher(Action, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>A task that ends once the launch is ready, with its handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Task<LaunchHandle> StartAsync(Action launch, LaunchOptions? options = null, CancellationToken cancellationToken = default) =>
        new Launcher(launch, options).StartAsync(cancellationToken);

    /// <summary>Starts a launch, as <see cref="StartAsync(CancellationToken)"/> does.</summary>
    /// <param name="launch">Blocks until the server ends, or starts it and returns at once; see <see cref="Launcher(Action{LaunchContext}, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>A task that ends once the launch is ready, with its handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Task<LaunchHandle> StartAsync(Action<LaunchContext> launch, LaunchOptions? options = null, CancellationToken cancellationToken = default) =>
        new Launcher(launch, options).StartAsync(cancellationToken);

    /// <summary>Starts a launch, as <see cref="StartAsync(CancellationToken)"/> does.</summary>
    /// <param name="launch">Starts the server and returns it, to be disposed at stop; see <see cref="Launcher(Func{object}, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>A task that ends once the launch is ready, with its handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Task<LaunchHandle> StartAsync(Func<object?> launch, LaunchOptions? options = null, CancellationToken cancellationToken = default) =>
        new Launcher(launch, options).StartAsync(cancellationToken);

    /// <summary>Starts a launch, as <see cref="StartAsync(CancellationToken)"/> does.</summary>
    /// <param name="launch">Starts the server and returns it, to be disposed at stop; see <see cref="Launcher(Func{LaunchContext, object}, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>A task that ends once the launch is ready, with its handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Task<LaunchHandle> StartAsync(Func<LaunchContext, object?> launch, LaunchOptions? options = null, CancellationToken cancellationToken = default) =>
        new Launcher(launch, options).StartAsync(cancellationToken);

    /// <summary>Starts a launch, as <see cref="StartAsync(CancellationToken)"/> does.</summary>
    /// <param name="launch">Runs the server until its task ends, or starts it; see <see cref="Launcher(Func{Task}, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>A task that ends once the launch is ready, with its handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Task<LaunchHandle> StartAsync(Func<Task> launch, LaunchOptions? options = null, CancellationToken cancellationToken = default) =>
        new Launcher(launch, options).StartAsync(cancellationToken);

    /// <summary>Starts a launch, as <see cref="StartAsync(CancellationToken)"/> does.</summary>
    /// <param name="launch">Runs the server until its task ends, or starts it; see <see cref="Launcher(Func{LaunchContext, Task}, LaunchOptions)"/>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>A task that ends once the launch is ready, with its handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Task<LaunchHandle> StartAsync(Func<LaunchContext, Task> launch, LaunchOptions? options = null, CancellationToken cancellationToken = default) =>
        new Launcher(launch, options).StartAsync(cancellationToken);
}
