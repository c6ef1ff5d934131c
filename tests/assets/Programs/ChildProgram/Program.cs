using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CoreProgram;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch;

namespace ChildProgram;

/// <summary>
/// A program for the tests, which they start as a separate process. They wait for the lines that it writes.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan WaitTime = TimeSpan.FromSeconds(20);

    public static async Task<int> Main(string[] args)
    {
        await Task.Yield();
        switch (args[0])
        {
            case "run":
                Report(Launcher.For(UpUntilStopped).Run());
                return 0;
            case "run-not-ready":
                Report(Launcher.For(UntilStoppedButNeverReady).Run());
                return 0;
            case "run-stubborn":
                Report(Launcher.For(Stubborn, options => options.StopTimeout = TimeSpan.FromMinutes(5)).Run());
                return 0;
            case "handle-signals":
                Report(await (await Launcher.For(UpUntilStopped, options => options.HandleSignals = true).StartAsync()).Completion);
                return 0;
            case "handle-signals-with-host":
                return await HandleSignalsWithHostAsync();
            case "after-the-end":
                return await AfterTheEndAsync();
            case "late-host":
                return await LateHostAsync();
            case "two-launches":
                return await TwoLaunchesAsync();
            case "own-handling":
                return await OwnHandlingAsync();
            case "wait":
                return Wait();
            case "hot-wait":
                return HotWait();
            case "deep-wait":
                return DeepWait();
            case "press-enter":
                return await PressEnterProgram.RunAsync();
            case "stop-before-enter":
                return await PressEnterProgram.StopAsync();
            case "stop-one-of-two-before-enter":
                return await PressEnterProgram.StopOneOfTwoAsync();
            case "stripped":
                return Stripped();
            default:
                throw new ArgumentException($"Unknown: {args[0]}", nameof(args));
        }
    }

    private static void UntilStopped(LaunchContext context)
    {
        context.SignalReady();
        context.Stopping.WaitHandle.WaitOne();
    }

    private static void UpUntilStopped(LaunchContext context)
    {
        context.SignalReady();
        UntilStoppedButNeverReady(context);
    }

    private static void UntilStoppedButNeverReady(LaunchContext context)
    {
        Console.WriteLine("up");
        context.Stopping.WaitHandle.WaitOne();
    }

    private static void Stubborn(LaunchContext context)
    {
        context.Stopping.Register(() => Console.WriteLine("stopping"));
        context.SignalReady();
        Console.WriteLine("up");
        Thread.Sleep(Timeout.Infinite);
    }

    private static async Task<int> HandleSignalsWithHostAsync()
    {
        await using var handle = await Launcher.For(
            () =>
            {
                using var host = new HostBuilder().UseConsoleLifetime(console => console.SuppressStatusMessages = true).Build();
                host.Run();
            },
            options => options.HandleSignals = true).StartAsync();
        Console.WriteLine("up");
        Report(await handle.Completion);
        return 0;
    }

    private static async Task<int> AfterTheEndAsync()
    {
        await using (await Launcher.For(UntilStopped, options => options.HandleSignals = true).StartAsync())
        {
            // Its signals are handled here, and no longer below.
        }

        Console.WriteLine("ended");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    /// <summary>A host takes so long to say that it has started that its launch was abandoned before.</summary>
    private static async Task<int> LateHostAsync()
    {
        using var gate = new ManualResetEventSlim();
        using var giveUp = new CancellationTokenSource();
        var hasGone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = Launcher.For(
            () =>
            {
                using (var host = new HostBuilder().Build())
                {
                    host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() =>
                    {
                        giveUp.CancelAfter(0);
                        while (!gate.IsSet)
                        {
                            // No interrupt ends it.
                            Thread.SpinWait(1_000);
                        }
                    });
                    host.Start();
                }

                // The host has its own signal handlers until it is disposed of.
                hasGone.SetResult();
            },
            options =>
            {
                options.HandleSignals = true;
                options.StopTimeout = TimeSpan.FromMilliseconds(50);
            }).StartAsync(giveUp.Token);
        await start.ContinueWith(_ => gate.Set(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await hasGone.Task;

        Console.WriteLine("ended");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static async Task<int> TwoLaunchesAsync()
    {
        await using var first = await Launcher.For(UntilStopped).StartAsync();
        await using var second = await Launcher.For(UntilStopped).StartAsync();
        first.Stopping.Register(() => Console.WriteLine("stopping"));
        second.Stopping.Register(() => Console.WriteLine("stopping"));
        Console.WriteLine("two");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static async Task<int> OwnHandlingAsync()
    {
        var signalled = new TaskCompletionSource<PosixSignal>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var own = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            signalled.TrySetResult(signal.Signal);
        });
        await using var first = await Launcher.For(UntilStopped).StartAsync();
        await using var second = await Launcher.For(UntilStopped).StartAsync();
        Console.WriteLine("two");
        Console.WriteLine($"{await signalled.Task} {first.State} {second.State}");
        return 7;
    }

    /// <summary>Says for each kind of blocking call whether posted work ran inside of it.</summary>
    private static int Wait()
    {
        using var handle = Launcher.For(context =>
        {
            Say(context, "event", served => served.Wait(WaitTime));
            Say(context, "handle", served => served.WaitHandle.WaitOne(WaitTime));
            Say(context, "task", served => Task.Run(() => served.Wait(WaitTime)).Wait());
            Say(context, "join", served => OnThread(() => served.Wait(WaitTime)).Join());
            Say(context, "lock", served =>
            {
                var gate = new object();
                using var isTaken = new ManualResetEventSlim();
                OnThread(() =>
                {
                    lock (gate)
                    {
                        isTaken.Set();
                        served.Wait(TimeSpan.FromMilliseconds(300));
                    }
                });
                SpinWait.SpinUntil(() => isTaken.IsSet);
                lock (gate)
                {
                    // Here it was not served, or it was served by a wait that takes a lock.
                }
            });
        }).Start();
        return 0;
    }

    /// <summary>Says how many of many waits in the same place serve posted work.</summary>
    private static int HotWait()
    {
        using var handle = Launcher.For(context =>
        {
            using var served = new AutoResetEvent(initialState: false);
            var count = 0;
            for (var isServed = true; isServed && count < 200;)
            {
                context.SynchronizationContext.Post(_ => served.Set(), null);
                isServed = IsServedInAWait(served);
                count += isServed ? 1 : 0;

                // A method is compiled again when it was called 30 times, and nothing new was for 100 ms.
                if (count % 40 == 0)
                {
                    Thread.Sleep(120);
                }
            }

            Console.WriteLine($"served {count}");
        }).Start();
        return 0;

        [MethodImpl(MethodImplOptions.NoInlining)]
        static bool IsServedInAWait(WaitHandle served) => served.WaitOne(WaitTime);
    }

    /// <summary>Nests waits in callbacks that use much of the stack, until the launch warns; then says that it has got out of all of them.</summary>
    private static int DeepWait()
    {
        const int StackOfOneCallback = 24 * 1024;
        using var log = new WarningLog();
        using var handle = Launcher.For(() => { }, options =>
        {
            options.Name = "deep";
            options.LoggerFactory = log;
        }).Start();
        using var release = new ManualResetEvent(initialState: false);
        var entered = 0;
        handle.SynchronizationContext.Post(Nest, null);
        SpinWait.SpinUntil(() => !log.IsEmpty);
        release.Set();
        handle.InvokeAsync(() => { }).Wait();
        Console.WriteLine($"got out of {entered} waits");
        return 0;

        void Nest(object? state)
        {
            Span<byte> stack = stackalloc byte[StackOfOneCallback];
            stack.Fill(1);
            entered++;
            if (log.IsEmpty)
            {
                handle.SynchronizationContext.Post(Nest, null);
            }

            release.WaitOne();
        }
    }

    /// <summary>Says what a launch warns of, and whether a wait serves posted work, without stack traces.</summary>
    private static int Stripped()
    {
        // What the property StackTraceSupport sets for a program; here, before anything has asked for it.
        AppContext.SetSwitch("System.Diagnostics.StackTrace.IsSupported", false);
        using var log = new WarningLog();
        using (Launcher.For(
            context => Say(context, "event", served => served.Wait(TimeSpan.FromMilliseconds(300))),
            options =>
            {
                options.Name = "pumps";
                options.LoggerFactory = log;
            }).Start())
        {
            // It has warned by now.
        }

        using (Launcher.For(() => { }, options =>
        {
            options.Name = "blocks";
            options.BlockingWaits = BlockingWaitBehavior.Block;
            options.LoggerFactory = log;
        }).Start())
        {
            // It has nothing to warn of.
        }

        return 0;
    }

    private static void Say(LaunchContext context, string kind, Action<ManualResetEventSlim> block)
    {
        var served = new ManualResetEventSlim();
        context.SynchronizationContext.Post(_ => served.Set(), null);
        block(served);
        Console.WriteLine($"{kind} {served.IsSet}");
    }

    private static Thread OnThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        return thread;
    }

    private static void Report(LaunchOutcome outcome) => Console.WriteLine(outcome);
}
