namespace SafeLaunch.Tests;

/// <summary>When a launch counts as ready, and the message when it never does.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReadyTests
{
    private static readonly TimeSpan ShortStart = TimeSpan.FromMilliseconds(200);

    [Test]
    public async Task SignalReady_makes_it_ready_and_tells_the_addresses()
    {
        var first = new Uri("http://127.0.0.1:5000/");
        var second = new Uri("tcp://localhost:5001");
        await using var handle = Launcher.Start(context =>
        {
            context.SignalReady(first, second);
            context.SignalReady(first);
            context.Stopping.WaitHandle.WaitOne();
        });

        Assert.That(handle.Addresses, Is.EqualTo(new[] { first, second }));
        Assert.That(handle.Address, Is.EqualTo(first));
    }

    [Test]
    public async Task SignalReady_later_adds_addresses()
    {
        await using var handle = Launcher.Start(context =>
        {
            context.SynchronizationContext.Post(_ => context.SignalReady(new Uri("http://late/")), null);
            context.SignalReady();
            context.Stopping.WaitHandle.WaitOne();
        });
        await handle.InvokeAsync(() => { }).Within();

        Assert.That(handle.Address, Is.EqualTo(new Uri("http://late/")));
    }

    [Test]
    public void A_snapshot_of_the_addresses_does_not_change()
    {
        LaunchContext? launchContext = null;
        using var handle = Launcher.Start(context => { launchContext = context; });
        var before = handle.Addresses;

        launchContext!.SignalReady(new Uri("http://later/"));

        Assert.That(before, Is.Empty);
        Assert.That(handle.Addresses, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_launch_without_an_address_says_so()
    {
        using var handle = Launcher.Start(() => { }, new() { Name = "nowhere" });

        var error = Assert.Throws<LaunchException>(() => _ = handle.Address)!;
        Assert.That(error.Message, Does.Contain("'nowhere'").And.Contain("SignalReady").And.Contain("UseLoopback"));
    }

    [Test]
    public async Task ReadyWhen_replaces_the_return_of_the_delegate()
    {
        var gate = Gate.NewSource();
        var returned = Gate.NewSource();
        var starting = Launcher.StartAsync(
            context => context.SynchronizationContext.Post(_ => returned.SetResult(), null),
            new() { ReadyWhen = (_, _) => gate.Task });
        await returned.Task.Within();

        Assert.That(starting.IsCompleted, Is.False);
        gate.SetResult();

        await using var handle = await starting.Within();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task ReadyWhen_with_a_blocking_delegate_that_returns_later_ends_as_Returned()
    {
        var end = new ManualResetEventSlim();
        await using var handle = await Launcher.StartAsync(() => end.Pass(), new() { ReadyWhen = (_, _) => Task.CompletedTask }).Within();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));

        end.Set();

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task ReadyWhen_sees_the_context_and_runs_off_the_launch_thread()
    {
        LaunchContext? given = null;
        var threadOfReadyWhen = 0;
        await using var handle = await Launcher.StartAsync(
            () => { },
            new()
            {
                Name = "seen",
                ReadyWhen = (context, _) =>
                {
                    given = context;
                    threadOfReadyWhen = Environment.CurrentManagedThreadId;
                    return Task.CompletedTask;
                },
            }).Within();

        Assert.That(given!.Name, Is.EqualTo("seen"));
        Assert.That(threadOfReadyWhen, Is.Not.EqualTo((await handle.StopAsync().Within()).ThreadId));
    }

    [Test]
    public void What_ReadyWhen_throws_fails_the_start_and_stops_the_launch()
    {
        var error = new InvalidOperationException("never");
        var hasEnded = false;

        var thrown = TestLaunch.StartError(
            context =>
            {
                context.Stopping.WaitHandle.WaitOne();
                hasEnded = true;
            },
            new() { ReadyWhen = (_, _) => Task.FromException(error) });

        Assert.That(thrown, Is.SameAs(error));
        Assert.That(hasEnded, Is.True);
    }

    [Test]
    public void A_ReadyWhen_that_cancels_itself_fails_the_start()
    {
        var thrown = TestLaunch.StartError(
            context => context.Stopping.WaitHandle.WaitOne(),
            new() { ReadyWhen = (_, _) => Task.FromCanceled(new CancellationToken(canceled: true)) });

        Assert.That(thrown, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_ReadyWhen_that_returns_no_task_fails_the_start_and_says_so()
    {
        var thrown = TestLaunch.StartError(_ => { }, new() { Name = "odd", ReadyWhen = (_, _) => null! });

        Assert.That(thrown, Is.TypeOf<LaunchException>().With.Message.Contains("'odd'").And.Message.Contains("ReadyWhen"));
    }

    [Test]
    public async Task The_token_of_ReadyWhen_is_cancelled_at_the_time_out()
    {
        var cancelled = Gate.NewSource();

        var thrown = TestLaunch.StartError(
            context => context.Stopping.WaitHandle.WaitOne(),
            new()
            {
                StartTimeout = ShortStart,
                ReadyWhen = async (_, token) =>
                {
                    token.Register(() => cancelled.TrySetResult());
                    await Task.Delay(Timeout.Infinite, token);
                },
            });

        Assert.That(thrown, Is.TypeOf<LaunchTimeoutException>());
        await cancelled.Task.Within();
    }

    [Test]
    public void A_ReadyWhen_that_takes_its_cancellation_for_an_end_has_not_made_it_ready()
    {
        var thrown = TestLaunch.StartError(
            _ => { },
            new()
            {
                StartTimeout = ShortStart,
                ReadyWhen = (_, token) => Task.WhenAny(Task.Delay(Timeout.Infinite, token)),
            });

        Assert.That(thrown, Is.TypeOf<LaunchTimeoutException>());
    }

    [Test]
    public async Task The_token_of_ReadyWhen_is_cancelled_when_the_start_has_failed()
    {
        var cancelled = Gate.NewSource();
        var watching = Gate.NewSource();
        var error = new InvalidOperationException();

        var thrown = Assert.CatchAsync(() => Launcher.StartAsync(
            async () =>
            {
                await watching.Task;
                throw error;
            },
            new()
            {
                ReadyWhen = async (_, token) =>
                {
                    token.Register(() => cancelled.TrySetResult());
                    watching.SetResult();
                    await Task.Delay(Timeout.Infinite, token);
                },
            }).Within());

        Assert.That(thrown, Is.SameAs(error));
        await cancelled.Task.Within();
    }

    [Test]
    public async Task SignalReady_does_the_same_beside_a_ReadyWhen()
    {
        await using var handle = await Launcher.StartAsync(
            TestLaunch.UntilStopped,
            new() { ReadyWhen = (_, token) => Task.Delay(Timeout.Infinite, token) }).Within();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public void The_time_out_of_a_blocking_delegate_says_what_the_launch_saw()
    {
        var hasEnded = false;
        var error = TestLaunch.StartError(
            context =>
            {
                context.Stopping.WaitHandle.WaitOne();
                hasEnded = true;
            },
            new() { Name = "mute", StartTimeout = ShortStart });

        Assert.That(error, Is.TypeOf<LaunchTimeoutException>());
        Assert.That(error.Message, Does.Contain("'mute'").And.Contain(ShortStart.ToString()).And.Contain("still running").And.Contain("SignalReady"));
        Assert.That(hasEnded, Is.True, "the launch is stopped");
    }

    [Test]
    public void The_time_out_of_ReadyWhen_names_it()
    {
        var error = TestLaunch.StartError(
            _ => { },
            new() { Name = "mute", StartTimeout = ShortStart, ReadyWhen = (_, token) => Task.Delay(Timeout.Infinite, token) });

        Assert.That(error, Is.TypeOf<LaunchTimeoutException>());
        Assert.That(error.Message, Does.Contain("'mute'").And.Contain("has returned").And.Contain("ReadyWhen was still waiting. Check"));
    }

    [Test]
    public void The_last_word_of_ReadyWhen_is_in_the_message()
    {
        var lastWord = new InvalidOperationException("the database is locked");
        var error = TestLaunch.StartError(
            _ => { },
            new()
            {
                StartTimeout = ShortStart,
                ReadyWhen = async (_, token) =>
                {
                    await Task.WhenAny(Task.Delay(Timeout.Infinite, token));
                    throw lastWord;
                },
            });

        Assert.That(error.Message, Does.Contain("was still waiting: the database is locked. Check"));
        Assert.That(error.InnerException, Is.SameAs(lastWord));
    }

    [Test]
    public void A_host_that_takes_too_long_is_named_in_the_message()
    {
        using var gate = new ManualResetEventSlim();
        var error = TestLaunch.StartError(
            _ => { },
            new() { StartTimeout = ShortStart, StopTimeout = TestLaunch.ShortStop, ConfigureHost = _ => Thread.Sleep(Timeout.Infinite) });

        Assert.That(error, Is.TypeOf<LaunchTimeoutException>());
        Assert.That(error.Message, Does.Contain("own host").And.Contain("ConfigureHost"));
    }

    [Test]
    public async Task An_infinite_time_out_is_none()
    {
        var gate = Gate.NewSource();
        var begun = Gate.NewSource();
        var starting = Launcher.StartAsync(
            async () =>
            {
                begun.SetResult();
                await gate.Task;
            },
            new() { StartTimeout = Timeout.InfiniteTimeSpan });
        await begun.Task.Within();
        Assert.That(starting.IsCompleted, Is.False);

        gate.SetResult();

        await using var handle = await starting.Within();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }
}
