namespace SafeLaunch.NUnit.Tests;

/// <summary>One server that many use: how often it is started, and when it ends.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SharingTests
{
    [Test]
    public async Task No_server_is_started_before_a_test_asks_for_it()
    {
        var launches = new Launches();

        await launches.Server.DisposeAsync();

        Assert.That(launches.Started, Is.Zero);
    }

    [Test]
    public async Task All_callers_that_ask_at_once_get_the_same_launch()
    {
        var launches = new Launches();
        await using var server = launches.Server;

        var handles = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => server.StartAsync()))).Within();

        Assert.That(handles.Distinct().Count(), Is.EqualTo(1));
        Assert.That(launches.Started, Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_was_not_started_has_no_handle_and_says_how_to_start_it()
    {
        var launches = new Launches();

        Assert.That(() => launches.Server.Handle, Throws.TypeOf<LaunchException>().With.Message.Contains("'server' has not been started").And.Message.Contains("StartAsync"));
        Assert.That(() => launches.Server.Address, Throws.TypeOf<LaunchException>().With.Message.Contains("has not been started"));
        Assert.That(() => launches.Server.Services, Throws.TypeOf<LaunchException>().With.Message.Contains("has not been started"));
        await launches.Server.DisposeAsync();

        Assert.That(launches.Started, Is.Zero);
    }

    [Test]
    public async Task A_server_that_still_starts_has_no_handle()
    {
        var start = Gate.NewSource();
        await using var server = LaunchedServer.For(() => start.Task);
        var starting = server.StartAsync();

        Assert.That(() => server.Handle, Throws.TypeOf<LaunchException>().With.Message.Contains("still starting"));
        start.SetResult();

        Assert.That(await starting.Within(), Is.SameAs(server.Handle));
    }

    [Test]
    public async Task The_launch_is_stopped_when_its_last_user_leaves()
    {
        var launches = new Launches();
        var first = await launches.Server.AcquireAsync().Within();
        var second = await launches.Server.AcquireAsync().Within();
        var handle = launches.Server.Handle;

        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running), "it was stopped too early");
        await second.DisposeAsync();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
        Assert.That(launches.Started, Is.EqualTo(1));
    }

    [Test]
    public async Task A_caller_that_comes_during_a_stop_gets_a_new_launch_after_the_end_of_the_old_one()
    {
        var end = Gate.NewSource();
        var launches = new Launches(end.Task);
        var first = await launches.Server.AcquireAsync().Within();
        var old = launches.Server.Handle;

        var release = first.DisposeAsync().AsTask();
        var acquire = launches.Server.AcquireAsync();
        Assert.That(launches.Started, Is.EqualTo(1), "two would run at once");
        Assert.That(acquire.IsCompleted, Is.False);
        end.SetResult();
        await release.Within();
        await using var second = await acquire.Within();

        Assert.That(old.State, Is.EqualTo(LaunchState.Ended));
        Assert.That(launches.Server.Handle, Is.Not.SameAs(old).And.Property(nameof(LaunchHandle.State)).EqualTo(LaunchState.Running));
        Assert.That(launches.Running, Is.EqualTo(1));
    }

    [Test]
    public async Task Many_callers_that_come_and_go_never_get_a_server_that_is_not_running_nor_two_at_once()
    {
        var launches = new Launches();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                await using var lease = await launches.Server.AcquireAsync();
                Assert.That(launches.Server.Handle.State, Is.EqualTo(LaunchState.Running));
            }
        }))).Within();

        Assert.That(launches.MostAtOnce, Is.EqualTo(1));
        Assert.That(launches.Running, Is.Zero);
    }

    [Test]
    public async Task A_shared_launch_can_be_used_again_after_its_stop()
    {
        var launches = new Launches();
        var first = launches.Server.Start();
        await launches.Server.DisposeAsync();
        await using var server = launches.Server;

        var second = server.Start();

        Assert.That(first.State, Is.EqualTo(LaunchState.Ended));
        Assert.That(second.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task A_caller_that_stops_waiting_does_not_stop_the_start_for_the_others()
    {
        var start = Gate.NewSource();
        await using var server = LaunchedServer.For(() => start.Task);
        using var impatience = new CancellationTokenSource();
        var patient = server.StartAsync();
        var impatient = server.StartAsync(impatience.Token);

        await impatience.CancelAsync();
        Assert.That(() => impatient.Within(), Throws.InstanceOf<OperationCanceledException>());
        start.SetResult();

        Assert.That((await patient.Within()).State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task A_share_whose_start_is_given_up_is_given_back()
    {
        var start = Gate.NewSource();
        var server = LaunchedServer.For(() => start.Task);
        using var impatience = new CancellationTokenSource();
        var waiting = server.StartAsync();
        var acquire = server.AcquireAsync(impatience.Token);

        await impatience.CancelAsync();

        Assert.That(() => acquire.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => waiting.Within(), Throws.InstanceOf<OperationCanceledException>(), "the only share did not stop it");
    }

    [Test]
    public async Task A_stop_gives_up_a_start_that_is_under_way()
    {
        var launches = new Launches(isReady: false);
        var start = launches.Server.StartAsync();

        await launches.Server.DisposeAsync().AsTask().Within();

        Assert.That(() => start.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(launches.Running, Is.Zero);
    }

    [Test]
    public async Task A_stop_from_inside_the_launch_ends_it_without_waiting_for_it()
    {
        var end = Gate.NewSource();
        var launches = new Launches(end.Task);
        var handle = await launches.Server.StartAsync().Within();

        Assert.That(() => handle.InvokeAsync(() => launches.Server.DisposeAsync().AsTask()).Within(), Throws.TypeOf<LaunchException>().With.Message.Contains("inside"));
        Assert.That(() => handle.InvokeAsync(() => launches.Server.DisposeAsync().AsTask()).Within(), Throws.TypeOf<LaunchException>().With.Message.Contains("inside"));
        var next = launches.Server.StartAsync();
        Assert.That(launches.Started, Is.EqualTo(1), "two would run at once");
        end.SetResult();
        await next.Within();
        await launches.Server.DisposeAsync();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
        Assert.That(launches.MostAtOnce, Is.EqualTo(1));
        Assert.That(launches.Running, Is.Zero);
    }

    [Test]
    public async Task A_start_that_failed_fails_all_callers_and_is_tried_again_after_a_stop()
    {
        var starts = 0;
        await using var server = LaunchedServer.For(() =>
        {
            if (++starts == 1)
            {
                throw new InvalidOperationException("Not today.");
            }
        });

        var first = Assert.CatchAsync(() => server.StartAsync().Within());
        var second = Assert.CatchAsync(() => server.AcquireAsync().Within());
        Assert.That(first, Is.TypeOf<InvalidOperationException>().And.Message.EqualTo("Not today."));
        Assert.That(second, Is.SameAs(first));
        Assert.That(starts, Is.EqualTo(1));

        Assert.That((await server.StartAsync().Within()).State, Is.EqualTo(LaunchState.Running));
        Assert.That(starts, Is.EqualTo(2));
    }

    /// <summary>A server that counts its launches.</summary>
    private sealed class Launches
    {
        private int started;
        private int running;

        /// <param name="end">What a launch waits for before it ends; null for nothing.</param>
        /// <param name="isReady">Whether it ever is.</param>
        public Launches(Task? end = null, bool isReady = true) => this.Server = LaunchedServer.For(async launch =>
        {
            Interlocked.Increment(ref this.started);
            this.MostAtOnce = Math.Max(this.MostAtOnce, Interlocked.Increment(ref this.running));
            if (isReady)
            {
                launch.SignalReady();
            }

            await Task.Delay(Timeout.Infinite, launch.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (end ?? Task.CompletedTask);
            Interlocked.Decrement(ref this.running);
        });

        public LaunchedServer Server { get; }

        public int Started => Volatile.Read(ref this.started);

        public int Running => Volatile.Read(ref this.running);

        public int MostAtOnce { get; private set; }
    }
}
