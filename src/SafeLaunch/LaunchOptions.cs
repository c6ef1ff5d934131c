using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch;

/// <summary>
/// How a launch is run. A plain object: a <see cref="Launcher"/> validates and copies it when it is made, and changes made
/// after that have no effect on it.
/// </summary>
public class LaunchOptions
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

    /// <summary>Gets or sets whether blocking waits on the launch thread serve the launch context. Default: <see cref="BlockingWaits.Pump"/>.</summary>
    public BlockingWaits BlockingWaits { get; set; } = BlockingWaits.Pump;

    /// <summary>Gets or sets what an exception in posted work does to the launch. Default: <see cref="UnhandledExceptions.StopLaunch"/>.</summary>
    public UnhandledExceptions UnhandledExceptions { get; set; } = UnhandledExceptions.StopLaunch;

    /// <summary>
    /// Gets or sets whether the execution context of the caller who starts the launch (its <see cref="AsyncLocal{T}"/> values, its
    /// culture, its ambient transaction) flows into it. Default: false.
    /// </summary>
    public bool FlowExecutionContext { get; set; }

    /// <summary>
    /// Gets or sets whether Ctrl+C (SIGINT) and SIGTERM stop the launch instead of the process; a second one does what the
    /// process does with it by itself. Default: false. <see cref="Launcher.Run"/> does so in any case.
    /// </summary>
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
    /// Gets or sets the factory of the loggers of the launch and its own host. It is not disposed with them. Default: null,
    /// for what <see cref="ConfigureHost"/> sets up.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets the configuration that overrides that of the launch host and of each app host. Default: empty.</summary>
    public IDictionary<string, string?> Configuration { get; private set; } =
        new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets or sets how to set up the launch host: services, logging, configuration, hosted services. Called on the launch thread
    /// in each start. An exception fails the start. Default: null.
    /// </summary>
    public Action<HostApplicationBuilder>? ConfigureHost { get; set; }

    /// <summary>
    /// Gets or sets the wait after which the launch counts as ready, instead of the signs that it detects; see
    /// <see cref="Ready"/>. Called on a thread-pool thread as soon as the launch delegate has been started. Its token is
    /// cancelled when the start has failed or timed out. An exception fails the start. Default: null.
    /// </summary>
    public Func<LaunchContext, CancellationToken, Task>? ReadyWhen { get; set; }

    /// <summary>
    /// Gets or sets how to end a server that neither <see cref="LaunchContext.Stopping"/> nor a host ends. Called once in each
    /// stop, on a thread-pool thread. Its token is cancelled when <see cref="StopTimeout"/> is over. An exception is kept in
    /// the outcome. Default: null.
    /// </summary>
    public Func<CancellationToken, Task>? StopWith { get; set; }

    /// <summary>How long posted work may wait for one piece of launched code before a warning says so.</summary>
    internal TimeSpan WorkMayWait { get; set; } = TimeSpan.FromSeconds(5);

    internal Func<IDisposable>? Starting { get; private set; }

    internal Action<IHostBuilder>? AppHostConfiguration { get; private set; }

    internal Action<LaunchContext, IHost>? AppHostStarted { get; private set; }

    /// <summary>Changes each app host before it is built. Several calls add up, in their order.</summary>
    /// <param name="configure">Called on the thread that builds the host. An exception that it throws fails the start.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public LaunchOptions ConfigureAppHost(Action<IHostBuilder> configure)
    {
        this.AppHostConfiguration += Guard.NotNull(configure, nameof(configure));
        return this;
    }

    /// <summary>
    /// Changes the services of each app host, after the app has added its own: a service that is added here is the service that is
    /// injected. Several calls add up, in their order.
    /// </summary>
    /// <param name="configure">Called on the thread that builds the host. An exception that it throws fails the start.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public LaunchOptions ConfigureServices(Action<IServiceCollection> configure)
    {
        Guard.NotNull(configure, nameof(configure));
        return this.ConfigureAppHost(host => host.ConfigureServices((_, services) => configure(services)));
    }

    /// <summary>Calls back when an app host has started, before the launch counts as ready. Several calls add up, in their order.</summary>
    /// <param name="callback">
    /// Called on the thread that started the host. An exception that it throws fails the start; for a host that starts when the
    /// launch is ready already, it is logged.
    /// </param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public LaunchOptions OnAppHostStarted(Action<LaunchContext, IHost> callback)
    {
        this.AppHostStarted += Guard.NotNull(callback, nameof(callback));
        return this;
    }

    /// <summary>Begins something at each start, on the thread pool, and ends it once the launch is ready or its start has failed. The last call counts.</summary>
    internal void WhileStarting(Func<IDisposable> begin) => this.Starting = begin;

    /// <summary>The copy that a launcher keeps.</summary>
    /// <exception cref="ArgumentException">Names the parameter that every launcher takes its options in.</exception>
    internal static LaunchOptions Validated(LaunchOptions? options)
    {
        options ??= new();
        if (string.IsNullOrWhiteSpace(options.Name))
        {
            throw new ArgumentException($"{nameof(Name)} must be neither null nor blank.", nameof(options));
        }

        if (options.StartTimeout != Timeout.InfiniteTimeSpan)
        {
            CheckTimeout(options.StartTimeout, nameof(StartTimeout), options);
        }

        CheckTimeout(options.StopTimeout, nameof(StopTimeout), options);
        if (options.InterruptAfter is { } interruptAfter && (interruptAfter < TimeSpan.Zero || interruptAfter > options.StopTimeout))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                interruptAfter,
                $"{nameof(InterruptAfter)} of launch '{options.Name}' must be from zero to {nameof(StopTimeout)}, which is {options.StopTimeout}.");
        }

        if (options.BlockingWaits is not (BlockingWaits.Pump or BlockingWaits.Block))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.BlockingWaits, $"{nameof(BlockingWaits)} of launch '{options.Name}' is none of its values.");
        }

        if (options.UnhandledExceptions is not (UnhandledExceptions.StopLaunch or UnhandledExceptions.Log))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.UnhandledExceptions, $"{nameof(UnhandledExceptions)} of launch '{options.Name}' is none of its values.");
        }

        var copy = (LaunchOptions)options.MemberwiseClone();
        copy.Configuration = new Dictionary<string, string?>(options.Configuration, StringComparer.OrdinalIgnoreCase);
        return copy;
    }

    private static void CheckTimeout(TimeSpan timeout, string property, LaunchOptions options)
    {
        if (timeout <= TimeSpan.Zero || timeout.TotalMilliseconds > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                timeout,
                $"{property} of launch '{options.Name}' must be more than zero and at most {int.MaxValue} ms.");
        }
    }
}
