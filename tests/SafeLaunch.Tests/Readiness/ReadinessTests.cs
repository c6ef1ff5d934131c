namespace SafeLaunch.Tests.Readiness;

/// <summary>When a launch counts as ready, and the message when it never does.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReadinessTests
{
    [Test]
    public async Task SignalReady_makes_the_launch_ready_and_adds_its_addresses()
    {
        var first = new Uri("http://127.0.0.1:5000/");
        var second = new Uri("tcp://localhost:5001");
        await using var handle = Launcher.For(context =>
        {
            context.SignalReady(first, second);
            context.SignalReady(first);
            context.Stopping.WaitHandle.WaitOne();
        }).Start();

        Assert.That(handle.Addresses, Is.EqualTo(new[] { first, second }));
        Assert.That(handle.Address, Is.EqualTo(first));
    }

    [Test]
    public async Task SignalReady_later_adds_addresses()
    {
        await using var handle = Launcher.For(context =>
        {
            context.SynchronizationContext.Post(_ => context.SignalReady(new Uri("http://late/")), null);
            context.SignalReady();
            context.Stopping.WaitHandle.WaitOne();
        }).Start();
        await handle.InvokeAsync(() => { }).Within();

        Assert.That(handle.Address, Is.EqualTo(new Uri("http://late/")));
    }

    [Test]
    public void A_snapshot_of_the_addresses_does_not_change()
    {
        LaunchContext? launchContext = null;
        using var handle = Launcher.For(context => { launchContext = context; }).Start();
        var before = handle.Addresses;

        launchContext!.SignalReady(new Uri("http://later/"));

        Assert.That(before, Is.Empty);
        Assert.That(handle.Addresses, Has.Count.EqualTo(1));
    }

    [Test]
    public void The_Address_of_a_launch_without_an_address_throws_and_says_so()
    {
        using var handle = Launcher.For(() => { }, options => options.Name = "nowhere").Start();

        var error = Assert.Throws<LaunchException>(() => _ = handle.Address)!;
        Assert.That(error.Message, Does.Contain("'nowhere'").And.Contain("SignalReady").And.Contain("UseLoopback"));
    }

    [Test]
    public async Task ReadyWhen_replaces_the_return_of_the_delegate()
    {
        var gate = Gate.NewSource();
        var returned = Gate.NewSource();
        var starting = Launcher.For(
            context => context.SynchronizationContext.Post(_ => returned.SetResult(), null),
            options => options.ReadyWhen((_, _) => gate.Task)).StartAsync();
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
        await using var handle = await Launcher.For(() => end.Pass(), options => options.ReadyWhen((_, _) => Task.CompletedTask)).StartAsync().Within();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));

        end.Set();

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task ReadyWhen_sees_the_context_and_runs_off_the_launch_thread()
    {
        LaunchContext? given = null;
        var threadOfReadyWhen = 0;
        await using var handle = await Launcher.For(
            () => { },
            options =>
            {
                options.Name = "seen";
                options.ReadyWhen((context, _) =>
                {
                    given = context;
                    threadOfReadyWhen = Environment.CurrentManagedThreadId;
                    return Task.CompletedTask;
                });
            }).StartAsync().Within();

        Assert.That(given!.Name, Is.EqualTo("seen"));
        Assert.That(threadOfReadyWhen, Is.Not.EqualTo((await handle.StopAsync().Within()).ThreadId));
    }

    [Test]
    public void An_exception_of_ReadyWhen_fails_the_start_and_stops_the_launch()
    {
        var error = new InvalidOperationException("never");
        var hasEnded = false;

        var thrown = TestLaunch.StartError(
            context =>
            {
                context.Stopping.WaitHandle.WaitOne();
                hasEnded = true;
            },
            options => options.ReadyWhen((_, _) => Task.FromException(error)));

        Assert.That(thrown, Is.SameAs(error));
        Assert.That(hasEnded, Is.True);
    }

    [Test]
    public void A_ReadyWhen_that_cancels_itself_fails_the_start()
    {
        var thrown = TestLaunch.StartError(
            context => context.Stopping.WaitHandle.WaitOne(),
            options => options.ReadyWhen((_, _) => Task.FromCanceled(new CancellationToken(canceled: true))));

        Assert.That(thrown, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_ReadyWhen_that_returns_no_task_fails_the_start_and_says_so()
    {
        var thrown = TestLaunch.StartError(_ => { }, options =>
        {
            options.Name = "odd";
            options.ReadyWhen((_, _) => null!);
        });

        Assert.That(thrown, Is.TypeOf<LaunchException>().With.Message.Contains("'odd'").And.Message.Contains("ReadyWhen"));
    }

    [Test]
    public async Task The_token_of_ReadyWhen_is_cancelled_at_the_time_out()
    {
        var called = false;
        var cancelled = Gate.NewSource();

        TestLaunch.TimeoutErrorAfter(
            _ => called,
            context => context.Stopping.WaitHandle.WaitOne(),
            options => options.ReadyWhen(async (_, token) =>
            {
                token.Register(() => cancelled.TrySetResult());
                called = true;
                await Task.Delay(Timeout.Infinite, token);
            }));

        await cancelled.Task.Within();
    }

    [Test]
    public void A_ReadyWhen_that_returns_when_it_is_cancelled_does_not_make_the_launch_ready()
    {
        var called = false;

        var error = TestLaunch.TimeoutErrorAfter(
            _ => called,
            _ => { },
            options => options.ReadyWhen((_, token) =>
            {
                called = true;
                return Task.WhenAny(Task.Delay(Timeout.Infinite, token));
            }));

        Assert.That(error.Message, Does.Contain("ReadyWhen was still waiting"));
    }

    [Test]
    public async Task The_token_of_ReadyWhen_is_cancelled_when_the_start_has_failed()
    {
        var cancelled = Gate.NewSource();
        var watching = Gate.NewSource();
        var error = new InvalidOperationException();

        var thrown = Assert.CatchAsync(() => Launcher.For(
            async () =>
            {
                await watching.Task;
                throw error;
            },
            options => options.ReadyWhen(async (_, token) =>
                {
                    token.Register(() => cancelled.TrySetResult());
                    watching.SetResult();
                    await Task.Delay(Timeout.Infinite, token);
                })).StartAsync().Within());

        Assert.That(thrown, Is.SameAs(error));
        await cancelled.Task.Within();
    }

    [Test]
    public async Task SignalReady_makes_the_launch_ready_while_ReadyWhen_still_waits()
    {
        await using var handle = await Launcher.For(
            TestLaunch.UntilStopped,
            options => options.ReadyWhen((_, token) => Task.Delay(Timeout.Infinite, token))).StartAsync().Within();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public void The_time_out_of_a_blocking_delegate_says_what_the_launch_saw()
    {
        var hasEnded = false;
        var time = TimeSpan.Zero;
        var error = TestLaunch.TimeoutError(
            context =>
            {
                context.Stopping.WaitHandle.WaitOne();
                hasEnded = true;
            },
            options =>
            {
                options.Name = "mute";
                time = options.StartTimeout;
            });

        Assert.That(error, Is.TypeOf<LaunchTimeoutException>());
        Assert.That(error.Message, Does.Contain("'mute'").And.Contain(time.ToString()).And.Contain("still running").And.Contain("SignalReady"));
        Assert.That(hasEnded, Is.True, "the launch is stopped");
    }

    [Test]
    public void A_time_out_while_ReadyWhen_waits_names_ReadyWhen()
    {
        var error = TestLaunch.TimeoutError(
            _ => { },
            options =>
            {
                options.Name = "mute";
                options.ReadyWhen((_, token) => Task.Delay(Timeout.Infinite, token));
            });

        Assert.That(error, Is.TypeOf<LaunchTimeoutException>());
        Assert.That(error.Message, Does.Contain("'mute'").And.Contain("has returned").And.Contain("ReadyWhen was still waiting. Check"));
    }

    [Test]
    public void The_last_word_of_ReadyWhen_is_in_the_message()
    {
        var lastWord = new InvalidOperationException("the database is locked");
        var error = TestLaunch.TimeoutErrorThatSays(
            "was still waiting: the database is locked. Check",
            _ => { },
            options => options.ReadyWhen(async (_, token) =>
            {
                await Task.WhenAny(Task.Delay(Timeout.Infinite, token));
                throw lastWord;
            }));

        Assert.That(error.InnerException, Is.SameAs(lastWord));
    }

    [Test]
    public void A_host_that_takes_too_long_to_start_is_named_in_the_message()
    {
        using var gate = new ManualResetEventSlim();
        var error = TestLaunch.StartError(
            _ => { },
            options =>
            {
                options.StartTimeout = TestLaunch.ShortStart;
                options.StopTimeout = TestLaunch.ShortStop;
                options.ConfigureLaunchHost(_ => Thread.Sleep(Timeout.Infinite));
            });

        Assert.That(error, Is.TypeOf<LaunchTimeoutException>());
        Assert.That(error.Message, Does.Contain("launch host").And.Contain("ConfigureLaunchHost"));
    }

    [Test]
    public async Task An_infinite_StartTimeout_never_passes()
    {
        var gate = Gate.NewSource();
        var begun = Gate.NewSource();
        var starting = Launcher.For(
            async () =>
            {
                begun.SetResult();
                await gate.Task;
            },
            options => options.StartTimeout = Timeout.InfiniteTimeSpan).StartAsync();
        await begun.Task.Within();
        Assert.That(starting.IsCompleted, Is.False);

        gate.SetResult();

        await using var handle = await starting.Within();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }
}
