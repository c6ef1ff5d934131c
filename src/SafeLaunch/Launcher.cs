using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <summary>
/// A reusable launch call: a delegate that launches a server, and how to run it. Every start makes an independent launch, with
/// its own thread, synchronization context and launch host. Safe from any thread.
/// </summary>
/// <example>
/// <code>
/// using var handle = new Launcher(() => app.Run(), new LaunchOptions { Name = "shop" }).Start();
/// // … this thread is free, the server runs …
/// handle.Stop();
/// </code>
/// </example>
public sealed partial class Launcher
{
    private readonly LaunchBody body;
    private readonly LaunchOptions options;

    /// <summary>Makes the recipe of a launch.</summary>
    /// <param name="launch">Blocks until the server ends, or starts it and returns at once.</param>
    /// <param name="options">How to run it; null for the defaults. Copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Launcher(Action launch, LaunchOptions? options = null)
        : this(LaunchBody.From(launch), options)
    {
    }

    /// <summary>Makes the recipe of a launch.</summary>
    /// <param name="launch">Blocks until the server ends, or starts it and returns at once.</param>
    /// <param name="options">How to run it; null for the defaults. Copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Launcher(Action<LaunchContext> launch, LaunchOptions? options = null)
        : this(LaunchBody.From(launch), options)
    {
    }

    /// <summary>Makes the recipe of a launch.</summary>
    /// <param name="launch">
    /// Starts the server and returns it; it is disposed at stop, on a thread-pool thread. An <see cref="int"/> counts as an
    /// exit code: other than 0, it is an error. A <see cref="Task"/>, a <see cref="ValueTask"/> or one
    /// of an <see cref="int"/> is awaited.
    /// </param>
    /// <param name="options">How to run it; null for the defaults. Copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Launcher(Func<object?> launch, LaunchOptions? options = null)
        : this(LaunchBody.From(launch), options)
    {
    }

    /// <summary>Makes the recipe of a launch.</summary>
    /// <param name="launch">
    /// Starts the server and returns it; it is disposed at stop, on a thread-pool thread. An <see cref="int"/> counts as an
    /// exit code: other than 0, it is an error. A <see cref="Task"/>, a <see cref="ValueTask"/> or one
    /// of an <see cref="int"/> is awaited.
    /// </param>
    /// <param name="options">How to run it; null for the defaults. Copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Launcher(Func<LaunchContext, object?> launch, LaunchOptions? options = null)
        : this(LaunchBody.From(launch), options)
    {
    }

    /// <summary>Makes the recipe of a launch.</summary>
    /// <param name="launch">
    /// Runs the server until its task ends, or starts it. Of the results of a task only an <see cref="int"/> counts: it is an
    /// exit code.
    /// </param>
    /// <param name="options">How to run it; null for the defaults. Copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Launcher(Func<Task> launch, LaunchOptions? options = null)
        : this(LaunchBody.From(launch), options)
    {
    }

    /// <summary>Makes the recipe of a launch.</summary>
    /// <param name="launch">
    /// Runs the server until its task ends, or starts it. Of the results of a task only an <see cref="int"/> counts: it is an
    /// exit code.
    /// </param>
    /// <param name="options">How to run it; null for the defaults. Copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Launcher(Func<LaunchContext, Task> launch, LaunchOptions? options = null)
        : this(LaunchBody.From(launch), options)
    {
    }

    private Launcher(LaunchBody body, LaunchOptions? options)
    {
        this.body = body;
        this.options = LaunchOptions.Validated(options);
    }

    /// <summary>Starts a launch and returns once it is ready. Blocks the calling thread until then, safely so on a UI thread.</summary>
    /// <returns>The handle of the running launch.</returns>
    /// <exception cref="LaunchTimeoutException">It was not ready within <see cref="LaunchOptions.StartTimeout"/>.</exception>
    /// <exception cref="LaunchException">The program ended with an exit code, or without having been ready. Or it would launch itself again and again.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before it was ready, by a signal or by its own host.</exception>
    /// <exception cref="Exception">
    /// What the delegate, <see cref="LaunchOptions.ConfigureHost"/>, a hosted service or <see cref="LaunchOptions.ReadyWhen"/> threw.
    /// With any exception, the launch has been stopped by then.
    /// </exception>
    public LaunchHandle Start() => this.StartAsync().GetAwaiter().GetResult();

    /// <summary>Starts a launch.</summary>
    /// <param name="cancellationToken">Gives up the start; the launch is then stopped. Has no effect once it is ready.</param>
    /// <returns>A task that ends once the launch is ready, with its handle, and fails with what <see cref="Start()"/> throws.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the launch was ready; held by the task.</exception>
    public Task<LaunchHandle> StartAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<LaunchHandle>(cancellationToken)
            : this.FindRefusal() is { } refusal
            ? Task.FromException<LaunchHandle>(refusal)
            : Launch.Begin(this.body, this.options, cancellationToken).Started;

    /// <summary>
    /// Starts a launch and stays until it ends; Ctrl+C (SIGINT) and SIGTERM stop it, a second one ends the process. For programs
    /// whose main thread has no other work. Prints nothing itself.
    /// </summary>
    /// <returns>How the launch ended; <see cref="LaunchOutcomeKind.Stopped"/> also if it was stopped before it was ready.</returns>
    /// <exception cref="Exception">What <see cref="Start()"/> throws when the launch cannot be started.</exception>
    public LaunchOutcome Run()
    {
        if (this.FindRefusal() is { } refusal)
        {
            throw refusal;
        }

        var launch = Launch.Begin(this.body, this.options, CancellationToken.None, handlesSignals: true);
        launch.Started.Forget();
        var outcome = launch.Completion.GetAwaiter().GetResult();
        if (launch.StartWasGivenUp)
        {
            launch.Started.GetAwaiter().GetResult();
        }

        return outcome;
    }

    /// <summary>A program may keep its own launcher, as in a static field, and start it inside its own launch.</summary>
    private LaunchException? FindRefusal() => this.body.Program?.Refusal is { } refusal ? new(refusal) : null;
}
