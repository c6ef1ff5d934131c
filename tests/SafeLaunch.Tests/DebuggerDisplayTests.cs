using System.Diagnostics;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests;

/// <summary>The one line that a debugger shows for an object.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DebuggerDisplayTests
{
    [Test]
    public void Each_type_that_a_debugger_shows_in_one_line_has_a_test() =>
        Assert.That(
            typeof(Launcher).Assembly.GetTypes().Where(type => type.IsDefined(typeof(DebuggerDisplayAttribute), inherit: false) && type.Namespace!.StartsWith(nameof(SafeLaunch), StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { typeof(Launcher), typeof(LaunchHandle), typeof(LaunchOutcome), typeof(LaunchSynchronizationContext), typeof(WorkQueue) }));

    [Test]
    public void A_debugger_shows_the_name_of_a_launcher() =>
        Assert.That(DebuggerText.Of(Launcher.For(() => { }, options => options.Name = "shop")), Is.EqualTo("Launcher of shop"));

    [Test]
    public async Task A_debugger_shows_the_name_the_state_and_the_address_of_a_handle()
    {
        await using var handle = await StartAsync();

        Assert.That(DebuggerText.Of(handle), Is.EqualTo("shop: Running, http://localhost:5000/"));
    }

    [Test]
    public async Task A_debugger_shows_the_name_of_the_launch_with_its_outcome()
    {
        await using var handle = await StartAsync();

        Assert.That(DebuggerText.Of(await handle.StopAsync().Within()), Is.EqualTo("shop: Stopped: It was asked to stop."));
    }

    [Test]
    public async Task A_debugger_shows_the_name_of_a_context_where_its_thread_is_and_how_much_work_waits()
    {
        await using var handle = await StartAsync();
        using var stand = new Threading.Stand();
        var busy = handle.InvokeAsync(stand.Still);
        stand.WaitFor();
        handle.SynchronizationContext.Post(_ => { }, null);

        var shown = DebuggerText.Of(handle.SynchronizationContext);
        stand.GoOn();
        await busy.Within();

        Assert.That(shown, Is.EqualTo("Context of shop: Running, 1 waiting"));
    }

    [Test]
    public void A_debugger_shows_where_the_consumer_of_a_queue_is_and_how_much_work_waits()
    {
        var queue = new WorkQueue();
        queue.Add(new(_ => { }, null, null));

        Assert.That(DebuggerText.Of(queue), Is.EqualTo("Running, 1 waiting"));
    }

    private static Task<LaunchHandle> StartAsync() =>
        Launcher.For(context => context.AddAddresses(new Uri("http://localhost:5000")), options => options.Name = "shop").StartAsync().Within();
}
