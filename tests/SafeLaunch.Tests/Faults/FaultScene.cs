using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Faults;

/// <summary>One launch in which one step goes wrong. A row of the matrix says which, by the delegates and options that it sets.</summary>
internal sealed class FaultScene(Fault fault) : IDisposable
{
    private readonly ManualResetEventSlim gate = new();
    private readonly TaskCompletionSource opened = Gate.NewSource();
    private readonly TaskCompletionSource ready = Gate.NewSource();
    private readonly Life code = new();
    private readonly Life launchHost = new();
    private readonly Life appHost = new();
    private volatile Thread? thread;
    private Action<LaunchOptions>? configure;

    public Func<LaunchContext, object?> Launch { get; set; } = context =>
    {
        TestLaunch.UntilStopped(context);
        return null;
    };

    /// <summary>What happens once the launch is ready.</summary>
    public Func<LaunchHandle, Task> WhenReady { get; set; } = _ => Task.CompletedTask;

    /// <summary>What the step throws, where it throws.</summary>
    public Exception Error { get; } = fault == Fault.Cancels ? new OperationCanceledException("injected") : new InvalidOperationException("injected");

    /// <summary>Ends when the step has begun to go wrong.</summary>
    public Task Struck => this.code.Begun;

    /// <summary>Ends when the start has succeeded.</summary>
    public Task Ready => this.ready.Task;

    public Life Server { get; } = new();

    /// <summary>Adds to the options of the launch.</summary>
    public void Configure(Action<LaunchOptions> more) => this.configure += more;

    public void ConfigureLaunchHost(Action<HostApplicationBuilder> more) => this.Configure(options => options.ConfigureLaunchHost(more));

    /// <summary>The step, where it is a call.</summary>
    public void Strike()
    {
        using (this.code.Begin())
        {
            switch (fault)
            {
                case Fault.Throws or Fault.Cancels:
                    throw this.Error;
                case Fault.Hangs:
                    TestLaunch.WaitStubbornly(this.gate);
                    break;
                default:
                    Thread.Sleep(Timeout.Infinite);
                    break;
            }
        }
    }

    /// <summary>The step, where it is asynchronous.</summary>
    public async Task StrikeAsync(CancellationToken cancellationToken)
    {
        if (fault is Fault.Hangs or Fault.HangsUntilInterrupted)
        {
            this.Strike();
        }

        using (this.code.Begin())
        {
            await Task.Yield();
            await (fault switch
            {
                Fault.Throws or Fault.Cancels => throw this.Error,
                Fault.NeverEnds => this.opened.Task,
                _ => Task.Delay(Timeout.Infinite, cancellationToken),
            });
        }
    }

    /// <summary>Ends when the launch thread is blocked: a host stops on the very thread that runs it if it is told before that.</summary>
    public Task ParkedAsync() =>
        Task.Run(() => Assert.That(SpinWait.SpinUntil(() => this.thread!.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Gate.Patience), Is.True));

    /// <summary>A host with a service of these, to be built by the delegate.</summary>
    public IHost BuildHost(Func<IHostedService> service)
    {
        var builder = TestHosts.Builder();
        builder.Services.AddSingleton(_ => service());

        // Disposed of first: where one service throws then, a container leaves the others.
        builder.Services.AddHostedService(_ => this.appHost.Begin());
        return builder.Build();
    }

    /// <summary>Starts it, and stops it unless it is to end by itself.</summary>
    public async Task<(Exception? StartError, LaunchOutcome? Outcome)> PlayAsync(bool endsByItself)
    {
        this.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => this.launchHost.Begin()));

        LaunchHandle handle;
        try
        {
            handle = await this.StartAsync();
        }
        catch (Exception e)
        {
            return (e, null);
        }

        this.ready.SetResult();
        await this.WhenReady(handle);
        return (null, await (endsByItself ? handle.Completion : handle.StopAsync()).Within());
    }

    /// <summary>What lives now that is expected to, and what does not go away that is not expected.</summary>
    public async Task<Left> WhatIsLeftAsync(Left expected)
    {
        var left = Left.Nothing;
        foreach (var (what, life) in this.Lives())
        {
            if (expected.HasFlag(what) ? life.IsAlive : !await life.EndsAsync())
            {
                left |= what;
            }
        }

        if (expected.HasFlag(Left.Thread) ? this.thread?.IsAlive == true : !await this.ThreadEndsAsync())
        {
            left |= Left.Thread;
        }

        return left;
    }

    /// <summary>Releases the steps that hang.</summary>
    public void Open()
    {
        this.gate.Set();
        this.opened.TrySetResult();
    }

    public void Dispose()
    {
        this.code.Dispose();
        this.launchHost.Dispose();
        this.appHost.Dispose();
        this.Server.Dispose();
        this.gate.Dispose();
    }

    private async Task<LaunchHandle> StartAsync()
    {
        using var cancel = new CancellationTokenSource();
        var starting = Launcher.For(this.Launch, options =>
        {
            options.ConfigureLaunchHost(_ => this.thread = Thread.CurrentThread);
            this.configure?.Invoke(options);
        }).StartAsync(cancel.Token);
        if (fault == Fault.StartIsCancelled)
        {
            await this.Struck.Within();
            await cancel.CancelAsync();
        }

        return await starting.Within();
    }

    private IEnumerable<(Left What, Life Life)> Lives() =>
    [
        (Left.Code, this.code),
        (Left.LaunchHost, this.launchHost),
        (Left.AppHost, this.appHost),
        (Left.Server, this.Server),
    ];

    private Task<bool> ThreadEndsAsync() => Task.Run(() => this.thread?.Join(Gate.Patience) ?? true);
}
