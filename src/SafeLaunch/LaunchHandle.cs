using Microsoft.Extensions.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch;

/// <summary>
/// What the caller holds of a running launch. Safe from any thread. Dropping it does not stop the launch; disposing of it does.
/// </summary>
/// <example>
/// <code>
/// await using var handle = await Launcher.StartAsync(() => app.Run());
/// Console.WriteLine(handle.Address);
/// </code>
/// </example>
public sealed class LaunchHandle : IAsyncDisposable, IDisposable
{
    private readonly Launch launch;

    internal LaunchHandle(Launch launch) => this.launch = launch;

    /// <summary>Gets the name of the launch.</summary>
    public string Name => this.launch.Name;

    /// <summary>Gets where the launch is in its life.</summary>
    public LaunchState State => this.launch.State;

    /// <summary>Gets the addresses at which the launch can be reached, as far as they are known; a snapshot, never null.</summary>
    public IReadOnlyList<Uri> Addresses => this.launch.Addresses.Snapshot;

    /// <summary>Gets the first of <see cref="Addresses"/>.</summary>
    /// <exception cref="LaunchException">There is none.</exception>
    public Uri Address => this.Addresses is [var first, ..]
        ? first
        : throw new LaunchException($"Launch '{this.Name}' has no known address. For ASP.NET Core, start it with UseLoopback, UseUrls or ReportAddresses, of SafeLaunch.AspNetCore; for any other server, pass it to {nameof(LaunchContext)}.{nameof(LaunchContext.SignalReady)}, or wait for it with Ready.Http or Ready.Tcp.");

    /// <summary>Gets the services of the own host, as <see cref="LaunchOptions.ConfigureHost"/> has set them up.</summary>
    /// <exception cref="LaunchException">The launch has ended, and its services with it.</exception>
    public IServiceProvider Services => this.launch.Services;

    /// <summary>Gets the hosts that the launched code has built, in the order of their building; a snapshot, never null.</summary>
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

    /// <summary>Runs an action on the launch thread.</summary>
    /// <param name="action">What to run.</param>
    /// <returns>A task that ends with the action, and fails with its exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    /// <exception cref="LaunchException">The launch has ended; thrown, or held by the task if it ends before the action runs.</exception>
    public Task InvokeAsync(Action action)
    {
        Guard.NotNull(action, nameof(action));
        return this.launch.InvokeAsync(() =>
        {
            action();
            return Task.FromResult(true);
        });
    }

    /// <summary>Runs a function on the launch thread.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="function">What to run.</param>
    /// <returns>A task that ends with the function's result, and fails with its exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is a <see cref="ValueTask"/>, which nothing would await.</exception>
    /// <exception cref="LaunchException">
    /// The launch has ended; thrown, or held by the task if it ends before the function runs. Or, held by the task: the function
    /// returned a task or a <see cref="ValueTask"/> as an object.
    /// </exception>
    public Task<T> InvokeAsync<T>(Func<T> function)
    {
        Guard.NotNull(function, nameof(function));
        if (AsyncResult.IsTask(typeof(T)))
        {
            throw new ArgumentException(this.DescribeNoAwaiting(), nameof(function));
        }

        return this.launch.InvokeAsync(() =>
        {
            var result = function();
            return AsyncResult.IsTask(result?.GetType()) ? throw new LaunchException(this.DescribeNoAwaiting()) : Task.FromResult(result);
        });
    }

    /// <summary>Starts an asynchronous function on the launch thread, and lets it go on there.</summary>
    /// <param name="function">What to run.</param>
    /// <returns>A task that ends with the function's task, and fails as it does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    /// <exception cref="LaunchException">The launch has ended; thrown, or held by the task if it ends before the function runs.</exception>
    public Task InvokeAsync(Func<Task> function)
    {
        Guard.NotNull(function, nameof(function));
        return this.launch.InvokeAsync(async () =>
        {
            await function().ConfigureAwait(false);
            return true;
        });
    }

    /// <summary>Starts an asynchronous function on the launch thread, and lets it go on there.</summary>
    /// <typeparam name="T">What its task returns.</typeparam>
    /// <param name="function">What to run.</param>
    /// <returns>A task that ends with the function's task and its result, and fails as it does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is a <see cref="ValueTask"/>, which nothing would await.</exception>
    /// <exception cref="LaunchException">The launch has ended; thrown, or held by the task if it ends before the function runs.</exception>
    public Task<T> InvokeAsync<T>(Func<Task<T>> function)
    {
        Guard.NotNull(function, nameof(function));
        if (AsyncResult.IsValueTask(typeof(T)))
        {
            throw new ArgumentException(this.DescribeNoAwaiting(), nameof(function));
        }

        return this.launch.InvokeAsync(function);
    }

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
    /// <param name="cancellationToken">Ends the waiting, not the stop, which goes on.</param>
    /// <returns>How the launch ended.</returns>
    /// <exception cref="LaunchException">Called from inside of the launch, which would wait for itself. Use <see cref="RequestStop"/> there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the launch had ended.</exception>
    public Task<LaunchOutcome> StopAsync(CancellationToken cancellationToken = default) =>
        this.StopCoreAsync().WaitAsync(cancellationToken);

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

    private string DescribeNoAwaiting() =>
        $"Launch '{this.Name}': {nameof(this.InvokeAsync)} does not await a {nameof(ValueTask)}, nor a task that a function returns as an object, and errors would be lost. Return a {nameof(Task)}: of a {nameof(ValueTask)}, its {nameof(ValueTask.AsTask)}().";

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
