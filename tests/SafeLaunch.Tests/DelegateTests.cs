using System.Diagnostics.CodeAnalysis;
using SafeLaunch.Tests.Hosting;

namespace SafeLaunch.Tests;

/// <summary>Every kind of delegate, blocking or returning, with its constructor and its shortcuts.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DelegateTests
{
    [Test]
    public async Task An_action_that_returns_is_ready_and_runs_until_stopped()
    {
        await using var handle = Launcher.Start(() => { });

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.Completion.IsCompleted, Is.False);
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
    }

    [Test]
    public async Task A_blocking_action_runs_beside_its_starter()
    {
        await using var handle = Launcher.Start((LaunchContext context) => TestLaunch.UntilStopped(context));

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_blocking_call_without_a_context_is_ended_by_StopWith()
    {
        var server = new BlockingServer();
        await using var handle = Launcher.Start(() => server.Run(), new()
        {
            ReadyWhen = (_, _) => server.Running,
            StopWith = _ => server.EndAsync(),
        });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task An_asynchronous_delegate_runs_on_the_launch_thread_after_its_awaits_too()
    {
        var threads = new List<int>();
        await using var handle = await Launcher.StartAsync(async context =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Yield();
            threads.Add(Environment.CurrentManagedThreadId);
            Assert.That(SynchronizationContext.Current, Is.SameAs(context.SynchronizationContext));
        }).Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(threads, Is.EqualTo(new[] { outcome.ThreadId, outcome.ThreadId }));
    }

    [Test]
    public async Task An_asynchronous_delegate_is_ready_only_when_its_task_has_ended()
    {
        var gate = Gate.NewSource();
        var begun = Gate.NewSource();
        var starting = Launcher.StartAsync(async () =>
        {
            begun.SetResult();
            await gate.Task;
        });
        await begun.Task.Within();

        Assert.That(starting.IsCompleted, Is.False);
        gate.SetResult();
        await using var handle = await starting.Within();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task An_asynchronous_delegate_that_is_ready_and_ends_has_returned()
    {
        var gate = Gate.NewSource();
        await using var handle = await Launcher.StartAsync(async context =>
        {
            context.SignalReady();
            await gate.Task;
        }).Within();

        gate.SetResult();

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_launch_that_is_ready_only_after_its_hosts_have_stopped_has_returned()
    {
        var hasStopped = Gate.NewSource();
        var options = new LaunchOptions { ReadyWhen = (_, _) => hasStopped.Task };
        await using var handle = await Launcher.StartAsync(
            async () =>
            {
                using var host = TestHosts.With();
                await host.StartAsync();
                await host.StopAsync();
                hasStopped.SetResult();
            },
            options).Within();

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public void A_returned_server_is_disposed_of_once_and_at_stop()
    {
        var server = new Server();
        using var handle = Launcher.Start(() => server);
        Assert.That(server.Disposals, Is.Zero);

        handle.Stop();
        handle.Stop();
        handle.Dispose();

        Assert.That(server.Disposals, Is.EqualTo(1));
    }

    [Test]
    public async Task A_returned_server_is_disposed_of_asynchronously_where_it_can_be()
    {
        var server = new AsyncServer();
        await using var handle = Launcher.Start((LaunchContext _) => server);

        await handle.StopAsync().Within();

        Assert.That(server.AsyncDisposals, Is.EqualTo(1));
        Assert.That(server.Disposals, Is.Zero);
    }

    [Test]
    public async Task A_server_that_is_returned_after_ready_keeps_the_launch_alive()
    {
        var server = new Server();
        var gate = new ManualResetEventSlim();
        await using var handle = Launcher.Start(context =>
        {
            context.SignalReady();
            gate.Pass();
            return server;
        });
        gate.Set();
        await handle.InvokeAsync(() => { }).Within();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(server.Disposals, Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_is_returned_after_the_stop_began_is_disposed_of()
    {
        var server = new Server();
        await using var handle = Launcher.Start((LaunchContext context) =>
        {
            TestLaunch.UntilStopped(context);
            return server;
        });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(server.Disposals, Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_an_interrupted_delegate_returns_is_disposed_of_without_an_error()
    {
        var server = new AsyncServer();
        await using var handle = Launcher.Start(
            (LaunchContext context) =>
            {
                try
                {
                    TestLaunch.UntilInterrupted(context);
                }
                catch (ThreadInterruptedException)
                {
                    // Its way to notice.
                }

                return server;
            },
            new() { StopTimeout = TestLaunch.ShortStop });

        var outcome = await handle.StopAsync().Within();

        Assert.That(server.AsyncDisposals, Is.EqualTo(1));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task What_an_abandoned_delegate_returns_after_all_is_disposed_then()
    {
        var server = new Server();
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.Start(
            (LaunchContext context) =>
            {
                TestLaunch.UntilOpened(gate)(context);
                return server;
            },
            new() { StopTimeout = TestLaunch.ShortStop });
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));

        gate.Set();

        await server.Disposed.Within();
        Assert.That(server.Disposals, Is.EqualTo(1));
    }

    [Test]
    public void A_result_that_is_not_disposable_has_no_effect()
    {
        using var handle = Launcher.Start(() => "http://localhost:1234");

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.Stop().Exception, Is.Null);
    }

    [Test]
    public void Null_may_be_returned()
    {
        using var handle = Launcher.Start(() => (object?)null);

        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public void An_exit_code_before_ready_fails_the_start()
    {
        var error = Assert.Throws<LaunchException>(() => Launcher.Start(() => 3, new() { Name = "tool" }))!;

        Assert.That(error.Message, Does.Contain("'tool'").And.Contain("exit code 3").And.Contain("return nothing"));
    }

    [Test]
    public void An_exit_code_of_a_task_counts_too()
    {
        var error = Assert.ThrowsAsync<LaunchException>(() => Launcher.StartAsync(() => Task.FromResult(4)).Within())!;

        Assert.That(error.Message, Does.Contain("exit code 4"));
    }

    [Test]
    public async Task An_exit_code_after_ready_is_a_crash()
    {
        await using var handle = Launcher.Start(context =>
        {
            context.SignalReady();
            return 5;
        });

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.TypeOf<LaunchException>().With.Message.Contains("exit code 5"));
    }

    [Test]
    public void The_exit_code_0_is_no_error()
    {
        using var handle = Launcher.Start(() => 0);

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public void A_null_task_is_an_error_that_says_so()
    {
        var error = Assert.ThrowsAsync<LaunchException>(() => Launcher.StartAsync(() => (Task)null!).Within())!;

        Assert.That(error.Message, Does.Contain("'launch'").And.Contain("null"));
    }

    [Test]
    public void A_task_that_is_returned_as_an_object_is_awaited()
    {
        var error = new InvalidOperationException("late");
        async Task FailLaterAsync()
        {
            await Task.Yield();
            throw error;
        }

        var thrown = Assert.CatchAsync(() => Launcher.StartAsync(() => (object)FailLaterAsync()).Within());

        Assert.That(thrown, Is.SameAs(error));
    }

    [Test]
    public void A_value_task_is_awaited()
    {
        var error = new InvalidOperationException("late");
        async ValueTask FailLaterAsync()
        {
            await Task.Yield();
            throw error;
        }

        var thrown = Assert.CatchAsync(() => Launcher.StartAsync(() => FailLaterAsync()).Within());

        Assert.That(thrown, Is.SameAs(error));
    }

    [Test]
    public void The_exit_code_of_a_value_task_counts()
    {
        async ValueTask<int> FailLaterAsync()
        {
            await Task.Yield();
            return 3;
        }

        Assert.That(
            async () => await Launcher.StartAsync(() => FailLaterAsync()).Within(),
            Throws.TypeOf<LaunchException>().With.Message.Contains("exit code 3"));
    }

    [Test]
    public void A_value_task_that_cannot_be_awaited_is_refused() =>
        Assert.That(
            async () => await Launcher.StartAsync(() => new ValueTask<string>("a server")).Within(),
            Throws.TypeOf<LaunchException>().With.Message.Contains("a ValueTask of System.String").And.Message.Contains("AsTask()"));

    [Test]
    public async Task Every_constructor_makes_a_launch()
    {
        Launcher[] launchers =
        [
            new(() => { }),
            new((LaunchContext _) => { }),
            new(() => new Server()),
            new((LaunchContext _) => new Server()),
            new(async () => await Task.Yield()),
            new(async (LaunchContext _) => await Task.Yield()),
        ];

        foreach (var launcher in launchers)
        {
            await using var handle = await launcher.StartAsync().Within();
            Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        }
    }

    [Test]
    public void Every_blocking_shortcut_takes_the_overload_that_one_expects()
    {
        var server = new BlockingServer();
        server.End();
        var made = new Server();
        var ended = new List<Task>();
        async Task EndAsync()
        {
            await Task.Yield();
            ended.Add(Task.CompletedTask);
        }

        StopAtOnce(Launcher.Start(() => server.Run()));
        StopAtOnce(Launcher.Start(server.Run));
        StopAtOnce(Launcher.Start(context => server.RunWith(context)));
        StopAtOnce(Launcher.Start(server.RunWith));
        StopAtOnce(Launcher.Start(() => made));
        StopAtOnce(Launcher.Start(context => made.Named(context.Name)));
        StopAtOnce(Launcher.Start(async () => await EndAsync()));
        StopAtOnce(Launcher.Start(EndAsync));
        StopAtOnce(Launcher.Start(() => EndAsync()));
        StopAtOnce(Launcher.Start(async (LaunchContext _) => await EndAsync()));

        Assert.That(server.Runs, Is.EqualTo(4));
        Assert.That(made.Disposals, Is.EqualTo(2), "what a function returns is disposed");
        Assert.That(ended, Has.Count.EqualTo(4), "a task is awaited");
    }

    [Test]
    public async Task Every_asynchronous_shortcut_takes_the_overload_that_one_expects()
    {
        var server = new BlockingServer();
        server.End();
        var made = new Server();
        var ended = new List<Task>();
        async Task EndAsync()
        {
            await Task.Yield();
            ended.Add(Task.CompletedTask);
        }

        await StopAtOnceAsync(Launcher.StartAsync(() => server.Run()));
        await StopAtOnceAsync(Launcher.StartAsync(server.Run));
        await StopAtOnceAsync(Launcher.StartAsync(context => server.RunWith(context)));
        await StopAtOnceAsync(Launcher.StartAsync(() => made));
        await StopAtOnceAsync(Launcher.StartAsync(context => made.Named(context.Name)));
        await StopAtOnceAsync(Launcher.StartAsync(async () => await EndAsync()));
        await StopAtOnceAsync(Launcher.StartAsync(EndAsync));
        await StopAtOnceAsync(Launcher.StartAsync(async (LaunchContext _) => await EndAsync()));

        Assert.That(server.Runs, Is.EqualTo(3));
        Assert.That(made.Disposals, Is.EqualTo(2), "what a function returns is disposed");
        Assert.That(ended, Has.Count.EqualTo(3), "a task is awaited");
    }

    private static void StopAtOnce(LaunchHandle handle)
    {
        using (handle)
        {
            Assert.That(handle.Stop().Exception, Is.Null);
        }
    }

    private static async Task StopAtOnceAsync(Task<LaunchHandle> starting)
    {
        await using var handle = await starting.Within();
        Assert.That((await handle.StopAsync().Within()).Exception, Is.Null);
    }

    /// <summary>One of those servers that know neither a token nor a host.</summary>
    [SuppressMessage("Reliability", "CA1001", Justification = "Nothing in it needs to be disposed.")]
    private sealed class BlockingServer
    {
        private readonly ManualResetEventSlim ended = new();
        private readonly TaskCompletionSource running = Gate.NewSource();

        public int Runs { get; private set; }

        public Task Running => this.running.Task;

        public void Run()
        {
            this.Runs++;
            this.running.TrySetResult();
            this.ended.Pass();
        }

        public void RunWith(LaunchContext context)
        {
            Assert.That(context.Name, Is.EqualTo("launch"));
            this.Run();
        }

        public void End() => this.ended.Set();

        public Task EndAsync()
        {
            this.End();
            return Task.CompletedTask;
        }
    }

    private sealed class Server : IDisposable
    {
        private readonly TaskCompletionSource disposed = Gate.NewSource();
        private int disposals;

        public int Disposals => this.disposals;

        public Task Disposed => this.disposed.Task;

        public Server Named(string name)
        {
            Assert.That(name, Is.EqualTo("launch"));
            return this;
        }

        public void Dispose()
        {
            Interlocked.Increment(ref this.disposals);
            this.disposed.TrySetResult();
        }
    }

    private sealed class AsyncServer : IAsyncDisposable, IDisposable
    {
        public int AsyncDisposals { get; private set; }

        public int Disposals { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            this.AsyncDisposals++;
        }

        public void Dispose() => this.Disposals++;
    }
}
