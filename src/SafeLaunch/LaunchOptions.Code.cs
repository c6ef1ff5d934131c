using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch;

/// <content>The code that callers add to a launch. Code runs only in this process; all other options are data.</content>
public partial class LaunchOptions
{
    private Func<LaunchContext, CancellationToken, Task>[] probes = [];
    private Func<CancellationToken, Task>[] stopActions = [];
    private string[] methodsWithCode = [];

    internal Func<IDisposable>? Starting { get; private set; }

    internal Action<HostApplicationBuilder>? LaunchHostConfiguration { get; private set; }

    /// <summary>Called with the options of the launch, which are a copy of those that it was added to.</summary>
    internal Action<LaunchOptions, IHostBuilder>? AppHostConfiguration { get; private set; }

    internal Action<LaunchContext, IHost>? AppHostStarted { get; private set; }

    /// <summary>Called once in each launch that is ready, on the thread pool, to look at it and to log. An exception that it throws is dropped.</summary>
    internal Action<LaunchContext, ILogger>? BecameReady { get; private set; }

    /// <summary>The methods by which callers have added code. Code runs only in this process; all other options are data.</summary>
    internal IReadOnlyList<string> MethodsWithCode => this.methodsWithCode;

    /// <summary>The delegates of <see cref="ReadyWhen"/>.</summary>
    internal IReadOnlyList<Func<LaunchContext, CancellationToken, Task>> Probes => this.probes;

    /// <summary>The delegates of <see cref="StopWith"/>, in the order in which a stop calls them.</summary>
    internal IReadOnlyList<Func<CancellationToken, Task>> StopActions => this.stopActions;

    /// <summary>
    /// Sets up the launch host: services, logging, configuration, hosted services. Several calls add up, in their order.
    /// </summary>
    /// <param name="configure">Called on the launch thread in each start. An exception that it throws fails the start.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public LaunchOptions ConfigureLaunchHost(Action<HostApplicationBuilder> configure)
    {
        this.LaunchHostConfiguration += Guard.NotNull(configure, nameof(configure));
        return this.NoteCode(nameof(this.ConfigureLaunchHost));
    }

    /// <summary>Changes each app host before it is built. Several calls add up, in their order.</summary>
    /// <param name="configure">Called on the thread that builds the host. An exception that it throws fails the start.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public LaunchOptions ConfigureAppHost(Action<IHostBuilder> configure)
    {
        Guard.NotNull(configure, nameof(configure));
        return this.AddAppHostConfiguration(configure).NoteCode(nameof(this.ConfigureAppHost));
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
        return this.AddServices((_, services) => configure(services)).NoteCode(nameof(this.ConfigureServices));
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
        Guard.NotNull(callback, nameof(callback));
        return this.AddAppHostStarted(callback).NoteCode(nameof(this.OnAppHostStarted));
    }

    /// <summary>
    /// Adds a wait after which the launch counts as ready, instead of the signs that it detects; see <see cref="Ready"/>. After
    /// several calls all of the waits must have ended; the first that fails ends the others.
    /// </summary>
    /// <param name="probe">
    /// Called on a thread-pool thread as soon as the launch delegate has been started. Its token is cancelled when the start has
    /// failed or timed out, or <see cref="LaunchContext.SignalReady"/> has made the launch ready. An exception that it throws fails the start.
    /// </param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="probe"/> is null.</exception>
    public LaunchOptions ReadyWhen(Func<LaunchContext, CancellationToken, Task> probe)
    {
        this.probes = [.. this.probes, Guard.NotNull(probe, nameof(probe))];
        return this;
    }

    /// <summary>
    /// Adds a way to end a server that neither <see cref="LaunchContext.Stopping"/> nor a host ends. After several calls a stop calls
    /// them one after another, the newest first; an error of one does not keep it from the next.
    /// </summary>
    /// <param name="stop">
    /// Called once in each stop, on a thread-pool thread. Its token is cancelled when <see cref="StopTimeout"/> is over. An
    /// exception that it throws is kept in the outcome, unless it is an <see cref="OperationCanceledException"/>, which says only that it has been ended.
    /// </param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stop"/> is null.</exception>
    public LaunchOptions StopWith(Func<CancellationToken, Task> stop)
    {
        this.stopActions = [Guard.NotNull(stop, nameof(stop)), .. this.stopActions];
        return this.NoteCode(nameof(this.StopWith));
    }

    /// <summary>As <see cref="ConfigureAppHost"/>, for code of SafeLaunch, which each process adds for itself.</summary>
    internal LaunchOptions AddAppHostConfiguration(Action<IHostBuilder> configure)
    {
        this.AppHostConfiguration += (_, host) => configure(host);
        return this;
    }

    /// <summary>As <see cref="ConfigureServices"/>, for code of SafeLaunch, which finds its part in the options of the launch.</summary>
    internal LaunchOptions AddServices(Action<LaunchOptions, IServiceCollection> configure)
    {
        this.AppHostConfiguration += (options, host) => host.ConfigureServices((_, services) => configure(options, services));
        return this;
    }

    /// <summary>As <see cref="OnAppHostStarted"/>, for code of SafeLaunch, which finds its part in the launch.</summary>
    internal LaunchOptions AddAppHostStarted(Action<LaunchContext, IHost> callback)
    {
        this.AppHostStarted += callback;
        return this;
    }

    /// <summary>Adds to <see cref="BecameReady"/>.</summary>
    internal LaunchOptions AddReady(Action<LaunchContext, ILogger> callback)
    {
        this.BecameReady += callback;
        return this;
    }

    /// <summary>Begins something at each start, on the thread pool, and ends it once the launch is ready or its start has failed. The last call counts.</summary>
    internal void WhileStarting(Func<IDisposable> begin) => this.Starting = begin;

    private LaunchOptions NoteCode(string method)
    {
        this.methodsWithCode = [.. this.methodsWithCode, method];
        return this;
    }
}
