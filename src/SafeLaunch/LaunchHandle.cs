using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <summary>
/// What the caller holds of a running launch. Safe from any thread. Dropping it does not stop the launch; disposing of it does.
/// </summary>
/// <example>
/// <code>
/// await using var handle = await Launcher.For(() => app.Run()).StartAsync();
/// Console.WriteLine(handle.Address);
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class LaunchHandle : IAsyncDisposable, IDisposable
{
    private readonly ILaunch launch;

    internal LaunchHandle(ILaunch launch) => this.launch = launch;

    /// <summary>Gets the name of the launch.</summary>
    public string Name => this.launch.Name;

    /// <summary>Gets where the launch is in its life.</summary>
    public LaunchState State => this.launch.State;

    /// <summary>Gets the addresses at which the launch can be reached, as far as they are known; a snapshot, never null.</summary>
    public IReadOnlyList<Uri> Addresses => this.launch.Addresses;

    /// <summary>Gets the first of <see cref="Addresses"/>.</summary>
    /// <exception cref="LaunchException">There is none.</exception>
    public Uri Address => this.Addresses is [var first, ..]
        ? first
        : throw new LaunchException($"Launch '{this.Name}' has no known address. For ASP.NET Core, start it with UseLoopback, UseUrls or ReportAddresses, of SafeLaunch.AspNetCore; for any other server, pass it to {nameof(LaunchContext)}.{nameof(LaunchContext.SignalReady)}, or wait for it with Ready.Http or Ready.Tcp.");

    /// <summary>Gets the services of the app: those of the first of <see cref="Hosts"/>.</summary>
    /// <exception cref="LaunchException">The launched code has built no host; or the launch has ended, and its services with it.</exception>
    public IServiceProvider Services => this.launch.AppServices;

    /// <summary>Gets the services of the launch host, as <see cref="LaunchOptions.ConfigureLaunchHost"/> has set them up.</summary>
    /// <remarks>Builds the launch host at the first access where ConfigureLaunchHost was not called.</remarks>
    /// <exception cref="LaunchException">The launch has ended, and its services with it.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IServiceProvider LaunchServices => this.launch.LaunchServices;

    /// <summary>Gets the app hosts, in the order in which the launched code has built them; a snapshot, never null. A host that is over leaves it when the next one is built. Empty once the launch has ended.</summary>
    public IReadOnlyList<IHost> Hosts => this.launch.Hosts;

    /// <summary>
    /// Gets the launch synchronization context. Posted work runs on the launch thread, one item after another; after the end of the launch,
    /// on the thread pool, while <see cref="SynchronizationContext.Send"/> throws a <see cref="LaunchException"/>.
    /// </summary>
    public SynchronizationContext SynchronizationContext => this.launch.SynchronizationContext;

    /// <summary>Gets a token that is cancelled when the launch begins to end, for any reason.</summary>
    public CancellationToken Stopping => this.launch.Stopping;

    /// <summary>Gets a task that ends with the launch, with its outcome. It never fails and is never cancelled.</summary>
    public Task<LaunchOutcome> Completion => this.launch.Completion;

    /// <summary>
    /// Gets the outcomes of the runs that have ended, the latest last, of a supervised launch, and of a launch of a host, which may be started
    /// several times; a snapshot, never null. Only the latest 100 are kept. Empty for every other launch.
    /// </summary>
    public IReadOnlyList<LaunchOutcome> EarlierRuns => this.launch.EarlierRuns;

    /// <summary>Asks the launch to stop, and returns. Does nothing if it is ending already. Safe from inside of the launch too.</summary>
    public void RequestStop() => this.launch.RequestStop("It was asked to stop.");

    /// <summary>
    /// Stops the launch and waits for its end, no longer than <see cref="LaunchOptions.StopTimeout"/> and two seconds. Safe from
    /// a UI thread: nothing in it needs the calling thread. Every call returns the same outcome.
    /// </summary>
    /// <returns>How the launch ended.</returns>
    /// <exception cref="LaunchException">Called from inside of the launch, which would wait for itself. Use <see cref="RequestStop"/> there.</exception>
    public LaunchOutcome Stop() => this.StopCoreAsync().GetAwaiter().GetResult();

    /// <summary>
    /// Stops the launch and waits for its end, no longer than <see cref="LaunchOptions.StopTimeout"/> and two seconds. Every
    /// call ends with the same outcome.
    /// </summary>
    /// <param name="cancellationToken">
    /// Ends the grace: the launched code has no more time to end by itself, and the launch thread is interrupted at once, also where it is
    /// stopping a host, whose services are then only disposed of. The stop takes two more seconds at most. The token ends neither the
    /// stop nor the waiting.
    /// </param>
    /// <returns>A task that ends with the launch, with how it ended. It is never cancelled.</returns>
    /// <exception cref="LaunchException">Called from inside of the launch, which would wait for itself. Use <see cref="RequestStop"/> there.</exception>
    public async Task<LaunchOutcome> StopAsync(CancellationToken cancellationToken = default)
    {
        var stop = this.StopCoreAsync();
        using (cancellationToken.Register(this.launch.EndGrace))
        {
            return await stop.ConfigureAwait(false);
        }
    }

    /// <summary>Stops the launch as <see cref="Stop"/> does; called from inside of the launch, only asks it to stop. Throws nothing.</summary>
    public void Dispose()
    {
        if (this.launch.IsInside)
        {
            this.RequestStop();
        }
        else
        {
            this.Stop();
        }
    }

    /// <summary>Stops the launch as <see cref="StopAsync"/> does; called from inside of the launch, only asks it to stop. Throws nothing.</summary>
    /// <returns>A task that ends with the launch.</returns>
    public async ValueTask DisposeAsync()
    {
        if (this.launch.IsInside)
        {
            this.RequestStop();
        }
        else
        {
            await this.StopCoreAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Says the name, the state and the first address in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        this.Addresses is [var first, ..] ? $"{this.Name}: {this.State}, {first}" : $"{this.Name}: {this.State}";

    /// <summary>
    /// Says all that is known of the launch at this moment, for an issue: versions, state, what the launch thread does, the queue, addresses, app hosts, earlier
    /// runs, the outcome with its exception, and the latest log lines where <see cref="LaunchOptions.KeepLogLines"/> is set.
    /// </summary>
    /// <returns>Several lines. Addresses are without their queries; log lines and exceptions are as they are: read them before you paste them.</returns>
    public string Report() => LaunchReport.Of(this.launch);

    /// <summary>The launch, for the other packages of SafeLaunch.</summary>
    internal ILaunch Launch => this.launch;

    /// <summary>The logger of the launch, or of its first app host where the launch has none.</summary>
    internal ILogger Logger => this.launch.LoggerFor(this.Hosts is [var host, ..] ? host : null);

    /// <summary>The object of this type that another package of SafeLaunch keeps with the options of the launch; null if there is none.</summary>
    internal T? Part<T>()
        where T : class => this.launch.Part<T>();

    private Task<LaunchOutcome> StopCoreAsync()
    {
        if (!this.Completion.IsCompleted && this.launch.IsInside)
        {
            throw new LaunchException($"Launch '{this.Name}' cannot be waited for from inside, since it would wait for itself. Call {nameof(this.RequestStop)} there, or {nameof(this.Stop)} from outside.");
        }

        this.RequestStop();
        return this.Completion;
    }
}
