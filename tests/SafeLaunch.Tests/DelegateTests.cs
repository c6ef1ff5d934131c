using System.Diagnostics.CodeAnalysis;

namespace SafeLaunch.Tests;

/// <summary>Every kind of delegate, blocking or returning, started by Start and by StartAsync.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DelegateTests
{
    [Test]
    public async Task An_action_that_returns_is_ready_and_runs_until_stopped()
    {
        await using var handle = Launcher.For(() => { }).Start();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.Completion.IsCompleted, Is.False);
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
    }

    [Test]
    public async Task A_blocking_action_runs_beside_its_starter()
    {
        await using var handle = Launcher.For((LaunchContext context) => TestLaunch.UntilStopped(context)).Start();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_blocking_call_without_a_context_is_ended_by_StopWith()
    {
        var server = new BlockingServer();
        await using var handle = Launcher.For(() => server.Run(), options =>
        {
            options.ReadyWhen((_, _) => server.Running);
            options.StopWith(_ => server.EndAsync());
        }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task An_asynchronous_delegate_runs_on_the_launch_thread_also_after_its_awaits()
    {
        var threads = new List<int>();
        await using var handle = await Launcher.For(async context =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Yield();
            threads.Add(Environment.CurrentManagedThreadId);
            Assert.That(SynchronizationContext.Current, Is.SameAs(context.SynchronizationContext));
        }).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(threads, Is.EqualTo(new[] { outcome.ThreadId, outcome.ThreadId }));
    }

    [Test]
    public async Task An_asynchronous_delegate_is_ready_only_when_its_task_has_ended()
    {
        var gate = Gate.NewSource();
        var begun = Gate.NewSource();
        var starting = Launcher.For(async () =>
        {
            begun.SetResult();
            await gate.Task;
        }).StartAsync();
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
        await using var handle = await Launcher.For(async context =>
        {
            context.SignalReady();
            await gate.Task;
        }).StartAsync().Within();

        gate.SetResult();

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_launch_that_is_ready_only_after_its_hosts_have_stopped_has_returned()
    {
        var hasStopped = Gate.NewSource();
        Action<LaunchOptions> configure = options => options.ReadyWhen((_, _) => hasStopped.Task);
        await using var handle = await Launcher.For(
            async () =>
            {
                using var host = TestHosts.With();
                await host.StartAsync();
                await host.StopAsync();
                hasStopped.SetResult();
            },
            configure).StartAsync().Within();

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public void A_returned_server_is_disposed_of_once_and_at_stop()
    {
        var server = new Server();
        using var handle = Launcher.For(() => server).Start();
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
        await using var handle = Launcher.For((LaunchContext _) => server).Start();

        await handle.StopAsync().Within();

        Assert.That(server.AsyncDisposals, Is.EqualTo(1));
        Assert.That(server.Disposals, Is.Zero);
    }

    [Test]
    public async Task A_server_that_is_returned_after_ready_keeps_the_launch_alive()
    {
        var server = new Server();
        var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(context =>
        {
            context.SignalReady();
            gate.Pass();
            return server;
        }).Start();
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
        await using var handle = Launcher.For((LaunchContext context) =>
        {
            TestLaunch.UntilStopped(context);
            return server;
        }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(server.Disposals, Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_an_interrupted_delegate_returns_is_disposed_of_without_an_error()
    {
        var server = new AsyncServer();
        await using var handle = Launcher.For(
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
            options => options.StopTimeout = TestLaunch.ShortStop).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(server.AsyncDisposals, Is.EqualTo(1));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task A_server_that_an_abandoned_delegate_returns_later_is_disposed_of()
    {
        var server = new Server();
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(
            (LaunchContext context) =>
            {
                TestLaunch.UntilOpened(gate)(context);
                return server;
            },
            options => options.StopTimeout = TestLaunch.ShortStop).Start();
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));

        gate.Set();

        await server.Disposed.Within();
        Assert.That(server.Disposals, Is.EqualTo(1));
    }

    [Test]
    public void A_result_that_is_not_disposable_has_no_effect()
    {
        using var handle = Launcher.For(() => "http://localhost:1234").Start();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.Stop().Exception, Is.Null);
    }

    [Test]
    public void A_delegate_may_return_null()
    {
        using var handle = Launcher.For(() => (object?)null).Start();

        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public void An_exit_code_before_ready_fails_the_start()
    {
        var error = Assert.Throws<LaunchException>(() => Launcher.For(() => 3, options => options.Name = "tool").Start())!;

        Assert.That(error.Message, Does.Contain("'tool'").And.Contain("exit code 3").And.Contain("return nothing"));
    }

    [TestCaseSource(nameof(AsynchronousExitCodes))]
    public void An_exit_code_that_comes_asynchronously_fails_the_start(Launcher launcher) =>
        Assert.That(async () => await launcher.StartAsync().Within(), Throws.TypeOf<LaunchException>().With.Message.Contains("exit code 3"));

    [Test]
    public async Task An_exit_code_after_ready_is_a_crash()
    {
        await using var handle = Launcher.For(context =>
        {
            context.SignalReady();
            return 5;
        }).Start();

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.TypeOf<LaunchException>().With.Message.Contains("exit code 5"));
    }

    [Test]
    public void The_exit_code_0_is_no_error()
    {
        using var handle = Launcher.For(() => 0).Start();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public void A_null_task_is_an_error_that_says_so()
    {
        var error = Assert.ThrowsAsync<LaunchException>(() => Launcher.For(() => (Task)null!).StartAsync().Within())!;

        Assert.That(error.Message, Does.Contain("'launch'").And.Contain("null"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_value_task_and_a_task_that_is_returned_as_an_object_are_awaited(bool isValueTask)
    {
        var error = new InvalidOperationException("late");
        async ValueTask FailLaterAsync()
        {
            await Task.Yield();
            throw error;
        }

        var launcher = isValueTask ? Launcher.For(() => FailLaterAsync()) : Launcher.For(() => (object)FailLaterAsync().AsTask());
        var thrown = Assert.CatchAsync(() => launcher.StartAsync().Within());

        Assert.That(thrown, Is.SameAs(error));
    }

    [Test]
    public void A_value_task_that_cannot_be_awaited_is_refused() =>
        Assert.That(
            () => Launcher.For(() => new ValueTask<string>("a server")),
            Throws.ArgumentException.With.Message.Contains("a ValueTask of System.String").And.Message.Contains("AsTask()"));

    [Test]
    public void A_value_task_that_comes_as_an_object_and_cannot_be_awaited_fails_the_start() =>
        Assert.That(
            async () => await Launcher.For(() => (object)new ValueTask<string>("a server")).StartAsync().Within(),
            Throws.TypeOf<LaunchException>().With.Message.Contains("a ValueTask of System.String").And.Message.Contains("AsTask()"));

    [Test]
    public void A_task_whose_result_is_a_task_is_refused()
    {
        Assert.That(() => Launcher.For(() => Task.FromResult(Task.CompletedTask)), Throws.ArgumentException.With.Message.Contains("Await it in the delegate"));
        Assert.That(() => Launcher.For(async _ => { await Task.Yield(); return default(ValueTask); }), Throws.ArgumentException.With.Message.Contains("Await it in the delegate"));
    }

    [Test]
    public async Task A_server_that_a_task_returns_is_disposed_of_at_stop()
    {
        var server = new Server();
        await using var handle = await Launcher.For(async () =>
        {
            await Task.Yield();
            return server;
        }).StartAsync().Within();
        Assert.That(server.Disposals, Is.Zero);

        await handle.StopAsync().Within();

        Assert.That(server.Disposals, Is.EqualTo(1));
    }

    [Test]
    public async Task Each_kind_of_delegate_makes_a_launch()
    {
        Launcher[] launchers =
        [
            Launcher.For(() => { }),
            Launcher.For((LaunchContext _) => { }),
            Launcher.For(() => new Server()),
            Launcher.For((LaunchContext _) => new Server()),
            Launcher.For(async () => await Task.Yield()),
            Launcher.For(async (LaunchContext _) => await Task.Yield()),
        ];

        foreach (var launcher in launchers)
        {
            await using var handle = await launcher.StartAsync().Within();
            Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        }
    }

    [Test]
    public void Each_shape_of_a_delegate_that_Start_starts_is_run_awaited_or_disposed_of()
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

        StopAtOnce(Launcher.For(() => server.Run()).Start());
        StopAtOnce(Launcher.For(server.Run).Start());
        StopAtOnce(Launcher.For(context => server.RunWith(context)).Start());
        StopAtOnce(Launcher.For(server.RunWith).Start());
        StopAtOnce(Launcher.For(() => made).Start());
        StopAtOnce(Launcher.For(context => made.Named(context.Name)).Start());
        StopAtOnce(Launcher.For(async () => await EndAsync()).Start());
        StopAtOnce(Launcher.For(EndAsync).Start());
        StopAtOnce(Launcher.For(() => EndAsync()).Start());
        StopAtOnce(Launcher.For(async (LaunchContext _) => await EndAsync()).Start());

        Assert.That(server.Runs, Is.EqualTo(4));
        Assert.That(made.Disposals, Is.EqualTo(2), "what a function returns is disposed");
        Assert.That(ended, Has.Count.EqualTo(4), "a task is awaited");
    }

    [Test]
    public async Task Each_shape_of_a_delegate_that_StartAsync_starts_is_run_awaited_or_disposed_of()
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

        await StopAtOnceAsync(Launcher.For(() => server.Run()).StartAsync());
        await StopAtOnceAsync(Launcher.For(server.Run).StartAsync());
        await StopAtOnceAsync(Launcher.For(context => server.RunWith(context)).StartAsync());
        await StopAtOnceAsync(Launcher.For(() => made).StartAsync());
        await StopAtOnceAsync(Launcher.For(context => made.Named(context.Name)).StartAsync());
        await StopAtOnceAsync(Launcher.For(async () => await EndAsync()).StartAsync());
        await StopAtOnceAsync(Launcher.For(EndAsync).StartAsync());
        await StopAtOnceAsync(Launcher.For(async (LaunchContext _) => await EndAsync()).StartAsync());

        Assert.That(server.Runs, Is.EqualTo(3));
        Assert.That(made.Disposals, Is.EqualTo(2), "what a function returns is disposed");
        Assert.That(ended, Has.Count.EqualTo(3), "a task is awaited");
    }

    private static IEnumerable<TestCaseData> AsynchronousExitCodes()
    {
        yield return new TestCaseData(Launcher.For(() => Task.FromResult(3))).SetArgDisplayNames("a task");
        yield return new TestCaseData(Launcher.For(() => LaterAsync())).SetArgDisplayNames("a value task");
        yield return new TestCaseData(Launcher.For(async () => await LaterAsync())).SetArgDisplayNames("an asynchronous lambda");

        static async ValueTask<int> LaterAsync()
        {
            await Task.Yield();
            return 3;
        }
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
