using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <content>The supervisor: the flow of a launch from its start to its outcome.</content>
internal sealed partial class Launch
{
    private const string LoggerCategory = "SafeLaunch.Launcher";

    private static readonly HostingEvents HostingEvents = new(() => LaunchScope.CurrentLaunch?.hosts);

    private readonly TaskCompletionSource<bool> delegateEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LaunchThread? thread;
    private volatile object? returned;
    private volatile bool hasDelegateBegun;
    private volatile LaunchedHosts? hosts;
    private Signals? signals;

    public static Launch Begin(LaunchBody body, LaunchOptions options, CancellationToken cancellationToken, bool handlesSignals = false)
    {
        var launch = new Launch(body, options, handlesSignals || options.HandleSignals);
        using (options.FlowExecutionContext ? default : ExecutionContextFlow.Suppress())
        {
            _ = Task.Run(() => launch.SuperviseAsync(cancellationToken), CancellationToken.None);
        }

        return launch;
    }

    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        // Everything that this flow starts is inside of the launch, its thread included.
        this.scope.Enter();
        this.logger.Starting(this.Name);
        var hostingEvents = HostingEvents.Begin();
        try
        {
            this.signals = this.handlesSignals ? new(signal => this.RequestStop($"The process received {signal}.")) : null;
            await this.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            this.End(Ending.Crashed("It could not be started.", e));
        }

        if (this.HasBeenReady)
        {
            this.logger.Ready(this.Name, this.clock.ElapsedMilliseconds, this.Thread.Id);
            this.started.TrySetResult(new(this));
        }

        var reason = await this.ending.Task.ConfigureAwait(false);
        this.logger.Ending(this.Name, reason.Reason);
        var outcome = await this.StopAsync(reason).ConfigureAwait(false);

        // Whoever sees the end finds nothing of the launch left in the process.
        this.signals?.Dispose();
        hostingEvents.Dispose();
        this.Finish(reason, outcome);
    }

    /// <summary>Ends when the launch is ready, or when it is to end before that.</summary>
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var onCancelled = cancellationToken.Register(() => this.EndUnlessReady(Ending.StartGivenUp(
            "Its start was cancelled.",
            new OperationCanceledException($"The start of launch '{this.Name}' was cancelled.", cancellationToken))));
        using var onTimeout = new Timer(_ => _ = this.GiveUpStartAsync(), state: null, this.options.StartTimeout, Timeout.InfiniteTimeSpan);

        this.thread = new(this.Name, this.options.BlockingWaits == BlockingWaits.Pump, this, this.afterEnd, this.options.WorkMayWait);
        _ = this.RunDelegateAsync();
        await Task.WhenAny(this.ready.Task, this.ending.Task).ConfigureAwait(false);
        this.readiness?.Cancel();
    }

    private async Task RunDelegateAsync()
    {
        try
        {
            await this.Thread.Context.InvokeAsync(this.RunOnThreadAsync).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            this.OnDelegateThrew(e);
        }
        finally
        {
            this.delegateEnded.TrySetResult(true);
        }
    }

    /// <summary>All that the launch thread has to do for the start, in one visit.</summary>
    private async Task<bool> RunOnThreadAsync()
    {
        var own = this.ownHost.IsConfigured ? await this.ownHost.BuildAsync(this.Thread.Context).ConfigureAwait(true) : null;

        // Noticed from here on: the own host is not one of them.
        var launchedHosts = new LaunchedHosts(this.options, keepsLifetime: this.handlesSignals, observer: this);
        this.hosts = launchedHosts;
        foreach (var captured in this.body.CapturedHosts)
        {
            launchedHosts.Expect(captured, isInside: () => LaunchScope.Current == this.scope);
        }

        if (own is not null)
        {
            await this.StartOwnHostAsync(own).ConfigureAwait(true);
        }

        // Here, since the logger may be the own host's.
        if (this.options.BlockingWaits == BlockingWaits.Pump)
        {
            WaitNotification.Current.Warn(this.logger, this.Name);
        }

        if (this.ending.Task.IsCompleted)
        {
            return false;
        }

        this.hasDelegateBegun = true;
        if (this.readiness is { } watch)
        {
            _ = this.WatchReadinessAsync(watch);
        }

        this.OnDelegateReturned(await this.body.RunAsync(this.context).ConfigureAwait(false));
        return true;
    }

    private Task StartOwnHostAsync(IHost host)
    {
        if (this.options.LoggerFactory is null)
        {
            this.logger.Target = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LoggerCategory);
        }

        return this.ownHost.StartAsync(host, this.Stopping);
    }

    private async Task WatchReadinessAsync(ReadinessWatch watch)
    {
        try
        {
            await watch.WaitAsync().ConfigureAwait(false);
            if (!watch.IsCancelled)
            {
                this.OnReady();
            }
        }
        catch (Exception e)
        {
            if (!watch.IsCancelled)
            {
                this.EndUnlessReady(Ending.Crashed($"{nameof(LaunchOptions.ReadyWhen)} threw.", e));
            }
        }
    }

    private async Task GiveUpStartAsync()
    {
        // Cancelled first, since a probe says what it saw last.
        var lastSeen = this.readiness is { } watch ? await watch.GiveUpAsync().ConfigureAwait(false) : null;
        this.EndUnlessReady(Ending.StartGivenUp(
            "It was not ready in time.",
            new LaunchTimeoutException(
                $"Launch '{this.Name}' was not ready within {this.options.StartTimeout}. {this.DescribeStart(lastSeen)} Or raise {nameof(LaunchOptions.StartTimeout)}.",
                lastSeen)));
    }

    private string DescribeStart(Exception? lastSeen)
    {
        if (!this.hasDelegateBegun)
        {
            return "Its own host had not started: a hosted service, or what ConfigureHost does, takes too long. Let it do less before the launch.";
        }

        var delegateSeen = this.delegateEnded.Task.IsCompleted ? "Its delegate has returned" : $"Its delegate is still running, on thread {this.Thread.Id}";
        var hostsSeen = this.LaunchedHosts.Count == 0 ? "no host was noticed" : "it has built a host and never started it";
        if (this.options.ReadyWhen is not null)
        {
            return $"{delegateSeen}, {hostsSeen}, and {nameof(LaunchOptions.ReadyWhen)} was still waiting{(lastSeen is null ? "" : ": " + lastSeen.Message)}. Check what it waits for.";
        }

        var captured = CapturedHosts.AreSeen ? "or has captured it" : "but not where it has captured it, since this program is native code";
        return $"{delegateSeen}, {hostsSeen}, and nothing called SignalReady. A generic host is noticed by itself where the delegate builds it, {captured}; for any other server, a legacy WebHostBuilder included, call {nameof(LaunchContext)}.{nameof(LaunchContext.SignalReady)} before the delegate blocks, or set {nameof(LaunchOptions)}.{nameof(LaunchOptions.ReadyWhen)} to Ready.Tcp or Ready.Http.";
    }
}
