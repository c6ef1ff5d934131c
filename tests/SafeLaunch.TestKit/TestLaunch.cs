namespace SafeLaunch.TestKit;

/// <summary>Delegates and options that many tests launch.</summary>
internal static class TestLaunch
{
    /// <summary>Short enough for a test that has to see it pass.</summary>
    public static readonly TimeSpan ShortStop = TimeSpan.FromMilliseconds(400);

    /// <summary>The same for a start.</summary>
    public static readonly TimeSpan ShortStart = TimeSpan.FromMilliseconds(200);

    /// <summary>What the contract adds to the stop time-out.</summary>
    public static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(2);

    /// <summary>Ready, and then blocks until it is stopped.</summary>
    public static void UntilStopped(LaunchContext context)
    {
        context.SignalReady();
        context.Stopping.WaitHandle.WaitOne();
    }

    /// <summary>Ready, and then ends by nothing but an interrupt.</summary>
    public static void UntilInterrupted(LaunchContext context)
    {
        context.SignalReady();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Ready, and then ignores every request until the gate is opened.</summary>
    public static Action<LaunchContext> UntilOpened(ManualResetEventSlim gate) => context =>
    {
        context.SignalReady();
        WaitStubbornly(gate);
    };

    /// <summary>Waits for the gate in spite of interrupts.</summary>
    public static void WaitStubbornly(ManualResetEventSlim gate)
    {
        while (!gate.IsSet)
        {
            try
            {
                gate.Wait();
            }
            catch (ThreadInterruptedException)
            {
                // It ignores even that.
            }
        }
    }

    /// <summary>Ended well within patience.</summary>
    public static async Task<LaunchOutcome> EndAsync(this LaunchHandle handle) => await handle.Completion.Within();

    /// <summary>What the start throws.</summary>
    public static Exception StartError(Action<LaunchContext> launch, Action<LaunchOptions>? configure = null) =>
        Assert.CatchAsync(() => Launcher.For(launch, configure).StartAsync().Within())!;

    /// <summary>The error of a start that was not ready in time, after its delegate had begun.</summary>
    public static Exception TimeoutError(Action<LaunchContext> launch, Action<LaunchOptions>? configure = null)
    {
        var hasBegun = false;
        return TimeoutErrorAfter(
            _ => hasBegun,
            context =>
            {
                hasBegun = true;
                launch(context);
            },
            configure);
    }

    /// <summary>The error of a start that was not ready in time, and whose message says this.</summary>
    public static Exception TimeoutErrorThatSays(string words, Action<LaunchContext> launch, Action<LaunchOptions>? configure = null)
    {
        var error = TimeoutErrorAfter(error => error.Message.Contains(words, StringComparison.Ordinal), launch, configure);
        Assert.That(error.Message, Does.Contain(words));
        return error;
    }

    /// <summary>
    /// The error of a start that was not ready in time, but came as far as the test wants. A busy machine may not come so far within a short
    /// time, and then the start gets longer.
    /// </summary>
    public static Exception TimeoutErrorAfter(Func<Exception, bool> cameFarEnough, Action<LaunchContext> launch, Action<LaunchOptions>? configure = null)
    {
        for (var time = ShortStart; ; time = TimeSpan.FromTicks(time.Ticks * 4))
        {
            var error = StartError(launch, options =>
            {
                options.StartTimeout = time;
                configure?.Invoke(options);
            });
            Assert.That(error, Is.TypeOf<LaunchTimeoutException>());
            if (cameFarEnough(error) || time.Ticks * 10 > Gate.Patience.Ticks)
            {
                return error;
            }
        }
    }

    /// <summary>A thread for one test alone.</summary>
    public static Thread OnThread(Action action)
    {
        var thread = new Thread(() => action()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    public static void JoinInTime(this Thread thread) => Assert.That(thread.Join(Gate.Patience), Is.True, "the thread did not end");
}
