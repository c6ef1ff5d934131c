namespace SafeLaunch.Tests.Threading;

public sealed class InvokeAsyncTests
{
    /// <summary>Calls one of the overloads with what the function does, and gives the result back where the overload has one.</summary>
    public delegate Task<int?> Overload(LaunchHandle handle, Func<int> function);

    [TestCaseSource(nameof(Overloads))]
    public async Task The_function_runs_on_the_launch_thread_and_its_result_comes_back(Overload invokeAsync, bool hasResult)
    {
        await using var handle = Launcher.For(() => { }).Start();
        Thread? ran = null;

        var result = await invokeAsync(handle, () =>
        {
            ran = Thread.CurrentThread;
            return 42;
        }).Within();

        Assert.That(result, Is.EqualTo(hasResult ? 42 : null));
        Assert.That(ran, Is.SameAs(await handle.ThreadAsync()));
    }

    [TestCaseSource(nameof(Overloads))]
    public async Task An_error_of_invoked_work_goes_to_its_caller_only(Overload invokeAsync, bool hasResult)
    {
        using var log = new LogRecorder();
        var error = new InvalidOperationException("invoked");
        await using var handle = Launcher.For(() => { }, options => options.LoggerFactory = log.Factory).Start();

        var invoking = invokeAsync(handle, () => throw error);

        Assert.That(await invoking.ErrorAsync(), Is.SameAs(error));
        var outcome = await handle.StopAsync().Within();
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(log.Of(LogEvents.CallbackThrew), Is.Empty);
    }

    [TestCaseSource(nameof(Overloads))]
    public async Task A_cancellation_cancels_the_task_with_that_very_exception(Overload invokeAsync, bool hasResult)
    {
        await using var handle = Launcher.For(() => { }).Start();
        foreach (var token in new[] { CancellationToken.None, new CancellationToken(canceled: true) })
        {
            var error = new OperationCanceledException("invoked", token);

            var invoking = invokeAsync(handle, () => throw error);

            Assert.That(await invoking.ErrorAsync(), Is.SameAs(error));
            Assert.That(invoking.IsCanceled, Is.True);
        }

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task A_function_that_returns_a_ValueTask_is_refused_at_the_call()
    {
        await using var handle = Launcher.For(() => { }, options => options.Name = "shop").Start();
        var hasRun = false;

        Assert.That(() => { _ = handle.InvokeAsync(() => WorkAsync()); }, Throws.ArgumentException.With.Message.Contains("'shop'").And.Message.Contains("AsTask()"));
        Assert.That(() => { _ = handle.InvokeAsync(() => CountAsync()); }, Throws.ArgumentException.With.Property("ParamName").EqualTo("function"));
        Assert.That(hasRun, Is.False);

        ValueTask WorkAsync()
        {
            hasRun = true;
            return default;
        }

        ValueTask<int> CountAsync()
        {
            hasRun = true;
            return new(1);
        }
    }

    [Test]
    public async Task A_task_of_a_ValueTask_is_refused_at_the_call()
    {
        await using var handle = await Launcher.For(() => { }).StartAsync().Within();

        Assert.That(() => handle.InvokeAsync(() => Task.FromResult(default(ValueTask))), Throws.ArgumentException);
    }

    [Test]
    public async Task A_task_that_a_function_returns_as_an_object_fails_the_task_of_the_call()
    {
        await using var handle = await Launcher.For(() => { }).StartAsync().Within();

        Assert.That(await handle.InvokeAsync(() => (object)Task.CompletedTask).ErrorAsync(), Is.TypeOf<LaunchException>());
    }

    [Test]
    public async Task A_ValueTask_that_a_function_returns_as_an_object_fails_the_task_of_the_call()
    {
        await using var handle = Launcher.For(() => { }).Start();

        var error = await handle.InvokeAsync(() => (object)new ValueTask<int>(1)).ErrorAsync();

        Assert.That(error, Is.TypeOf<LaunchException>().With.Message.Contains("AsTask()"));
        Assert.That(await handle.InvokeAsync(() => (object?)null).Within(), Is.Null);
    }

    [Test]
    public async Task A_task_that_is_cancelled_cancels_the_task_of_the_call()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var function = new TaskCompletionSource<int>();
        var invoking = handle.InvokeAsync(() => function.Task);

        function.SetCanceled();

        Assert.That(async () => await invoking.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(invoking.IsCanceled, Is.True);
    }

    [Test]
    public async Task A_function_that_throws_instead_of_returning_its_task_fails_the_call()
    {
        var error = new InvalidOperationException("invoked");
        await using var handle = Launcher.For(() => { }).Start();

        var invoking = handle.InvokeAsync(new Func<Task<int>>(() => throw error));

        Assert.That(await invoking.ErrorAsync(), Is.SameAs(error));
    }

    [Test]
    public async Task An_asynchronous_function_goes_on_on_the_launch_thread_while_others_are_served()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var thread = await handle.ThreadAsync();
        var gate = Gate.NewSource();
        var invoking = handle.InvokeAsync(async () =>
        {
            await gate.Task;
            return Thread.CurrentThread;
        });

        await handle.InvokeAsync(() => { }).Within();
        var hadEnded = invoking.IsCompleted;
        gate.SetResult();

        Assert.That(await invoking.Within(), Is.SameAs(thread));
        Assert.That(hadEnded, Is.False);
    }

    [Test]
    public async Task A_call_ends_with_the_task_of_its_function_although_the_launch_thread_is_busy()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var gate = Gate.NewSource();
        using var stand = new Stand();
        var invoking = handle.InvokeAsync(() => gate.Task);
        var busy = handle.InvokeAsync(stand.Still);
        stand.WaitFor();

        gate.SetResult();
        await invoking.Within();
        var wasBusy = !busy.IsCompleted;
        stand.GoOn();
        await busy.Within();

        Assert.That(wasBusy, Is.True);
    }

    [Test]
    public async Task Code_after_an_awaited_call_does_not_run_on_the_launch_thread()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var thread = await handle.ThreadAsync();
        using var gate = new ManualResetEventSlim();

        var follower = handle.InvokeAsync(() => gate.Pass())
            .ContinueWith(_ => Thread.CurrentThread, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        gate.Set();

        Assert.That(await follower.Within(), Is.Not.SameAs(thread));
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_call_from_the_launch_thread_itself_can_be_awaited_and_blocked_upon()
    {
        await using var handle = Launcher.For(() => { }).Start();

        var sum = await handle.InvokeAsync(async () =>
        {
            var awaited = await handle.InvokeAsync(() => 40);
            return awaited + handle.InvokeAsync(() => 2).GetAwaiter().GetResult();
        }).Within();

        Assert.That(sum, Is.EqualTo(42));
    }

    [Test]
    public void InvokeAsync_refuses_a_null_function()
    {
        using var handle = Launcher.For(() => { }).Start();

        Assert.That(() => handle.InvokeAsync((Action)null!), Throws.ArgumentNullException);
        Assert.That(() => handle.InvokeAsync((Func<int>)null!), Throws.ArgumentNullException);
        Assert.That(() => handle.InvokeAsync((Func<Task>)null!), Throws.ArgumentNullException);
        Assert.That(() => handle.InvokeAsync((Func<Task<int>>)null!), Throws.ArgumentNullException);
    }

    private static IEnumerable<TestCaseData> Overloads()
    {
        yield return Case("Action", hasResult: false, async (handle, function) =>
        {
            await handle.InvokeAsync(new Action(() => function()));
            return null;
        });
        yield return Case("Func<T>", hasResult: true, async (handle, function) => await handle.InvokeAsync(function));
        yield return Case("Func<Task>", hasResult: false, async (handle, function) =>
        {
            await handle.InvokeAsync(new Func<Task>(async () =>
            {
                await Task.Yield();
                function();
            }));
            return null;
        });
        yield return Case("Func<Task<T>>", hasResult: true, async (handle, function) => await handle.InvokeAsync(async () =>
        {
            await Task.Yield();
            return function();
        }));
    }

    private static TestCaseData Case(string name, bool hasResult, Overload invokeAsync) =>
        new TestCaseData(invokeAsync, hasResult).SetArgDisplayNames(name);
}
