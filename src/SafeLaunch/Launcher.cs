using System.Diagnostics;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <summary>
/// What to launch, a delegate or a program, and how: the options. It never changes, and every start makes an
/// independent launch, with its own thread, synchronization context and launch host. Safe from any thread.
/// </summary>
/// <example>
/// <code>
/// using var handle = Launcher.For(() => app.Run(), options => options.Name = "shop").Start();
/// // … this thread is free, the server runs …
/// handle.Stop();
/// </code>
/// </example>
[DebuggerDisplay("Launcher of {Name,nq}")]
public sealed partial class Launcher
{
    internal Launcher(ILaunchSource source) => this.Source = source;

    private Launcher(LaunchCall call, LaunchOptions options)
        : this(new LaunchSource(call, options))
    {
    }

    /// <summary>Gets the name of its launches.</summary>
    public string Name => this.Source.Name;

    internal ILaunchSource Source { get; }

    /// <summary>Starts a launch and returns once it is ready. Blocks the calling thread until then, safely so on a UI thread.</summary>
    /// <returns>The handle of the running launch.</returns>
    /// <exception cref="LaunchTimeoutException">It was not ready within <see cref="LaunchOptions.StartTimeout"/>.</exception>
    /// <exception cref="LaunchException">The program ended with an exit code, or without having been ready. Or it would launch itself again and again.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before it was ready, by a signal or by its launch host.</exception>
    /// <exception cref="Exception">
    /// What the delegate, <see cref="LaunchOptions.ConfigureLaunchHost"/>, a hosted service or <see cref="LaunchOptions.ReadyWhen"/> threw.
    /// With any exception, the launch has been stopped by then.
    /// </exception>
    public LaunchHandle Start()
    {
        var launch = this.Source.Begin(new());
        WaitFor(launch, launch.Started);
        return new(launch);
    }

    /// <summary>Starts a launch.</summary>
    /// <param name="cancellationToken">Gives up the start; the launch is then stopped. Has no effect once it is ready.</param>
    /// <returns>A task that ends once the launch is ready, with its handle, and fails with what <see cref="Start"/> throws.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the launch was ready; held by the task.</exception>
    public async Task<LaunchHandle> StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var launch = this.Source.Begin(new() { CancellationToken = cancellationToken });
        await launch.Started.ConfigureAwait(false);
        return new(launch);
    }

    /// <summary>
    /// Starts a launch and stays until it ends; Ctrl+C (SIGINT) and SIGTERM stop it, a second one ends the process. For programs
    /// whose main thread has no other work. Prints nothing itself. Called inside another launch, it leaves the signals to the process:
    /// that launch is ready once this one is, has its addresses, and stops it.
    /// </summary>
    /// <returns>How the launch ended; <see cref="LaunchOutcomeKind.Stopped"/> also if it was stopped before it was ready.</returns>
    /// <exception cref="Exception">What <see cref="Start"/> throws when the launch cannot be started.</exception>
    public LaunchOutcome Run()
    {
        // Inside another launch the signals are those of the code around.
        var surrounding = SurroundingLaunch.Current;
        var launch = this.Source.Begin(new() { HandlesSignals = surrounding is null });
        launch.Started.Forget();
        using (surrounding is null ? null : SurroundingLaunch.Link(surrounding, launch))
        {
            WaitFor(launch, launch.Completion);
        }

        if (launch.StartWasGivenUp)
        {
            launch.Started.GetAwaiter().GetResult();
        }

        return launch.Completion.Result;
    }

    /// <summary>Blocks. No code holds the launch where the wait is interrupted, so that it is to stop then.</summary>
    private static void WaitFor(ILaunch launch, Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (ThreadInterruptedException)
        {
            launch.RequestStop("The thread that waited for it was interrupted.");
            throw;
        }
    }
}
