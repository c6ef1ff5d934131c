using Microsoft.Extensions.Logging;

namespace SafeLaunch;

/// <summary>
/// How a launch is run. Each <see cref="Launcher"/> makes new options, hands them to its <c>configure</c> delegate, and validates
/// and copies them then: later changes have no effect on it. Each method adds to what earlier calls have added. Not for several
/// threads at once.
/// </summary>
public partial class LaunchOptions
{
    /// <summary>Gets or sets the name of the launch, of its thread and its logs, in every error. Default: "launch". Neither null nor blank.</summary>
    public string Name { get; set; } = "launch";

    /// <summary>
    /// Gets or sets how long the launch may take until it is ready; then Start fails with a <see cref="LaunchTimeoutException"/>.
    /// Default: 30 seconds. More than zero and at most <see cref="int.MaxValue"/> milliseconds, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets how long a stop waits for the launched code to end by itself; then its thread is interrupted, and if that
    /// does not help either, abandoned. A stop never takes longer than this and two seconds. Default: 10 seconds. More than
    /// zero and at most <see cref="int.MaxValue"/> milliseconds.
    /// </summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets how long a stop waits until it interrupts the launch thread. Set it to zero for code that knows no host, no
    /// token and no <see cref="StopWith"/>, so that a stop does not wait for nothing. Default: null, for <see cref="StopTimeout"/>.
    /// From zero to <see cref="StopTimeout"/>.
    /// </summary>
    public TimeSpan? InterruptAfter { get; set; }

    /// <summary>Gets or sets what a blocking wait on the launch thread does. Default: <see cref="BlockingWaitBehavior.Pump"/>.</summary>
    public BlockingWaitBehavior BlockingWaits { get; set; } = BlockingWaitBehavior.Pump;

    /// <summary>
    /// Gets or sets how long posted work may wait while the launch thread is in one piece of launched code that serves nothing. Then the launch logs a
    /// warning, once, and a health check of SafeLaunch.Hosting is degraded until the work is served. Default: 5 seconds. More than zero and at most
    /// <see cref="int.MaxValue"/> milliseconds, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    public TimeSpan UnservedWorkTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets what an exception in posted work does to the launch. Default: <see cref="UnhandledExceptionBehavior.StopLaunch"/>.</summary>
    public UnhandledExceptionBehavior UnhandledExceptions { get; set; } = UnhandledExceptionBehavior.StopLaunch;

    /// <summary>
    /// Gets or sets whether the execution context of the caller who starts the launch (its <see cref="AsyncLocal{T}"/> values, its
    /// culture, its ambient transaction) flows into it. Default: false.
    /// </summary>
    public bool FlowExecutionContext { get; set; }

    /// <summary>
    /// Gets or sets whether Ctrl+C (SIGINT) and SIGTERM stop the launch instead of the process; a second one does what the
    /// process does with it by itself. Default: false. <see cref="Launcher.Run"/> does so in any case.
    /// </summary>
    /// <remarks>
    /// In a program for .NET Framework, Mono, or a .NET older than 8, and on Windows, a SIGTERM asks the launch to stop, and the process ends without waiting for that. On
    /// Windows it is sent as the system shuts down, or a container is stopped; an app host there makes the process wait for its own stop.
    /// </remarks>
    public bool HandleSignals { get; set; }

    /// <summary>
    /// Gets or sets whether <see cref="Console.In"/> ends for the launched code when the launch is to stop, so that a program
    /// that waits for Enter stops by its own code. Default: true. The reads of other launches and of the rest of the process go on as
    /// before. While such a launch runs, <see cref="Console.In"/> is a reader of SafeLaunch, which reads from the reader that the
    /// process had before. The first launch initializes the console of a process that has not used it; set it to false where that
    /// is unwanted.
    /// </summary>
    public bool RouteConsoleInput { get; set; } = true;

    /// <summary>
    /// Gets or sets the factory of the loggers of the launch and its launch host. It is not disposed with them. Default: null,
    /// for what <see cref="ConfigureLaunchHost"/> sets up.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Gets or sets whether the launch keeps its latest 100 log lines of level Information or above, its own and those of its app hosts,
    /// for <see cref="LaunchHandle.Report"/>. Those of a launch in another process come from there, and each line that a child process or a
    /// command prints is kept as one of level Information. Default: false.
    /// </summary>
    public bool KeepLogLines { get; set; }

    /// <summary>Gets the configuration that overrides that of the launch host and of each app host. Default: empty.</summary>
    public IDictionary<string, string?> Configuration { get; private set; } =
        new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The objects that the other packages of SafeLaunch keep with the options and with each launch of them: one of each type.</summary>
    internal Dictionary<Type, ILaunchPart> Parts { get; private set; } = [];
}
