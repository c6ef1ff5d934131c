using System.Collections.Concurrent;

namespace SafeLaunch.Tests.Threading;

public sealed class LaunchThreadTests
{
    [Test]
    public async Task A_launch_has_one_thread_named_after_it()
    {
        Thread? ofDelegate = null;
        await using var handle = Launcher.For(() => { ofDelegate = Thread.CurrentThread; }, options => options.Name = "my server").Start();
        var ofPost = Gate.NewSource<Thread>();
        handle.SynchronizationContext.Post(_ => ofPost.SetResult(Thread.CurrentThread), null);
        var ofInvocation = await handle.ThreadAsync();

        Assert.That(ofDelegate, Is.Not.Null);
        Assert.That(ofDelegate.Name, Is.EqualTo("my server"));
        Assert.That(ofDelegate.IsThreadPoolThread, Is.False);
        Assert.That(ofDelegate.IsBackground, Is.True);
        Assert.That(await ofPost.Task.Within(), Is.SameAs(ofDelegate));
        Assert.That(ofInvocation, Is.SameAs(ofDelegate));
    }

    [Test]
    public async Task Two_launches_have_two_threads()
    {
        await using var one = Launcher.For(() => { }).Start();
        await using var other = Launcher.For(() => { }).Start();

        Assert.That(await one.ThreadAsync(), Is.Not.SameAs(await other.ThreadAsync()));
    }

    [Test]
    public async Task The_outcome_names_the_thread()
    {
        var handle = Launcher.For(() => { }, options => options.Name = "my server").Start();
        var thread = await handle.ThreadAsync();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ThreadName, Is.EqualTo("my server"));
        Assert.That(outcome.ThreadId, Is.EqualTo(thread.ManagedThreadId));
    }

    [Test]
    public async Task The_thread_ends_with_the_launch()
    {
        var handle = Launcher.For(() => { }).Start();
        var thread = await handle.ThreadAsync();

        await handle.StopAsync().Within();

        Assert.That(thread.Join(Gate.Patience), Is.True);
    }

    [Test]
    public async Task Work_runs_in_the_order_in_which_it_was_posted()
    {
        const int Count = 10_000;
        await using var handle = Launcher.For(() => { }).Start();
        var ran = new List<int>();

        for (var i = 0; i < Count; i++)
        {
            handle.SynchronizationContext.Post(number => ran.Add((int)number!), i);
        }

        await handle.InvokeAsync(() => { }).Within();
        Assert.That(ran, Is.EqualTo(Enumerable.Range(0, Count)));
    }

    [Test]
    public async Task The_posts_of_each_of_many_threads_run_in_its_order_and_never_two_at_once()
    {
        const int Producers = 4;
        const int Count = 5_000;
        await using var handle = Launcher.For(() => { }).Start();
        var last = new int[Producers];
        var inside = 0;
        var faults = new ConcurrentQueue<string>();

        var producers = Enumerable.Range(0, Producers).Select(producer => Task.Run(() =>
        {
            for (var i = 1; i <= Count; i++)
            {
                var number = i;
                handle.SynchronizationContext.Post(_ => Run(producer, number), null);
            }
        }));
        await Task.WhenAll(producers).Within();
        await handle.InvokeAsync(() => { }).Within();

        Assert.That(faults, Is.Empty);
        Assert.That(last, Is.All.EqualTo(Count));

        void Run(int producer, int number)
        {
            if (Interlocked.Increment(ref inside) != 1)
            {
                faults.Enqueue("two at once");
            }

            if (number != last[producer] + 1)
            {
                faults.Enqueue($"{number} of {producer} after {last[producer]}");
            }

            last[producer] = number;
            Interlocked.Decrement(ref inside);
        }
    }

    [Test]
    public async Task Work_that_a_callback_posts_runs_after_the_callback()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var order = new List<string>();

        await handle.InvokeAsync(() =>
        {
            handle.SynchronizationContext.Post(_ => order.Add("posted"), null);
            order.Add("callback");
        }).Within();
        await handle.InvokeAsync(() => { }).Within();

        Assert.That(order, Is.EqualTo(new[] { "callback", "posted" }));
    }

    [Test]
    public async Task Work_that_is_sent_on_the_launch_thread_runs_at_once()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var order = new List<string>();

        await handle.InvokeAsync(() =>
        {
            handle.SynchronizationContext.Send(_ => order.Add("sent"), null);
            order.Add("callback");
        }).Within();

        Assert.That(order, Is.EqualTo(new[] { "sent", "callback" }));
    }

    [Test]
    public async Task Work_that_is_sent_from_another_thread_has_run_when_Send_returns()
    {
        await using var handle = Launcher.For(() => { }).Start();
        Thread? ran = null;

        handle.SynchronizationContext.Send(_ => ran = Thread.CurrentThread, null);

        Assert.That(ran, Is.SameAs(await handle.ThreadAsync()));
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task Two_launches_that_send_to_one_another_at_the_same_time_both_get_through()
    {
        await using var one = Launcher.For(() => { }).Start();
        await using var other = Launcher.For(() => { }).Start();
        using var both = new Barrier(2);
        var ran = 0;

        await Task.WhenAll(one.InvokeAsync(() => SendTo(other)), other.InvokeAsync(() => SendTo(one))).Within();

        Assert.That(ran, Is.EqualTo(2));

        void SendTo(LaunchHandle handle)
        {
            Assert.That(both.SignalAndWait(Gate.Patience), Is.True);
            handle.SynchronizationContext.Send(_ => Interlocked.Increment(ref ran), null);
        }
    }

    [Test]
    public async Task A_thread_at_rest_is_not_interrupted()
    {
        var thread = new Observer().StartThread();
        await thread.Context.InvokeAsync(() => Task.FromResult(true)).Within();

        // It may still be on its way from the call to its rest.
        Assert.That(SpinWait.SpinUntil(() => !thread.Context.Interrupt(), Gate.Patience), Is.True);

        Assert.That(await thread.Context.InvokeAsync(() => Task.FromResult(true)).Within(), Is.True);
        await thread.CloseAsync().Within();
    }

    [Test]
    public async Task An_interrupt_that_one_callback_does_not_take_is_not_for_the_next()
    {
        var observer = new Observer();
        var thread = observer.StartThread();
        using var stand = new Stand();
        thread.Context.Post(_ => stand.Still(), null);
        var next = thread.Context.InvokeAsync(() =>
        {
            Thread.Sleep(1);
            return Task.FromResult(true);
        });
        stand.WaitFor();

        var hasInterrupted = thread.Context.Interrupt();
        stand.GoOn();

        Assert.That(hasInterrupted, Is.True);
        Assert.That(await next.Within(), Is.True);
        Assert.That(observer.Errors, Is.Empty);
        await thread.CloseAsync().Within();
    }

    [Test]
    public async Task A_function_for_the_launch_thread_runs_on_it_and_at_once_where_the_caller_is_on_it()
    {
        var thread = new Observer().StartThread();
        var order = new List<string>();
        Thread? ran = null;

        await thread.Context.RunAsync(() =>
        {
            ran = Thread.CurrentThread;
            _ = thread.Context.RunAsync(() => AddAsync("function"));
            return AddAsync("caller");
        }).Within();

        Assert.That(order, Is.EqualTo(new[] { "function", "caller" }));
        Assert.That(ran!.Name, Is.EqualTo("alone"));
        await thread.CloseAsync().Within();

        Task AddAsync(string step)
        {
            order.Add(step);
            return Task.CompletedTask;
        }
    }

    [Test]
    public async Task A_function_for_the_launch_thread_runs_on_the_pool_after_the_end_of_the_thread()
    {
        var thread = new Observer().StartThread();
        await thread.CloseAsync().Within();
        var isOfThePool = false;

        await thread.Context.RunAsync(() =>
        {
            isOfThePool = Thread.CurrentThread.IsThreadPoolThread;
            return Task.CompletedTask;
        }).Within();

        Assert.That(isOfThePool, Is.True);
    }

    [Test]
    public void A_thread_is_not_started_where_there_is_no_execution_context_to_start_it_in()
    {
        using (ExecutionContext.SuppressFlow())
        {
            Assert.That(() => new Observer().StartThread(), Throws.InvalidOperationException.With.Message.Contains("flow"));
        }
    }

    [Test]
    public void A_null_callback_is_refused_where_it_is_posted()
    {
        using var handle = Launcher.For(() => { }).Start();

        Assert.That(() => handle.SynchronizationContext.Post(null!, null), Throws.ArgumentNullException);
        Assert.That(() => handle.SynchronizationContext.Send(null!, null), Throws.ArgumentNullException);
    }
}
