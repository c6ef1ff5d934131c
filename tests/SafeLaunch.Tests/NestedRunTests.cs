using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests;

/// <summary>A program that runs by <see cref="Launcher.Run"/> itself, inside another launch.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NestedRunTests
{
    private static readonly Uri Address = new("http://shop.example/");

    [Test]
    public async Task The_surrounding_launch_is_ready_with_the_inner_one_and_has_its_addresses()
    {
        await using var handle = await Launcher.For(() => Launcher.For(ServeAt).Run()).StartAsync().Within();

        Assert.That(handle.Addresses, Is.EqualTo(new[] { Address }));
    }

    [Test]
    public async Task The_stop_of_the_surrounding_launch_stops_the_inner_one()
    {
        LaunchOutcome? inner = null;
        await using var handle = await Launcher.For(() => { inner = Launcher.For(() => TestHosts.With().Run()).Run(); }, options => options.Name = "outer").StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(inner?.ToString(), Is.EqualTo("Stopped: Launch 'outer', inside which it runs, is ending."));
    }

    [Test]
    public void The_failed_start_of_the_inner_launch_fails_that_of_the_surrounding_one()
    {
        var error = new InvalidOperationException();

        Assert.That(TestLaunch.StartError(_ => Launcher.For((LaunchContext _) => throw error).Run()), Is.SameAs(error));
    }

    [Test]
    public async Task The_surrounding_launch_with_ReadyWhen_is_ready_by_that_alone()
    {
        var isServing = Gate.NewSource();
        var gate = Gate.NewSource();
        var starting = Launcher.For(
            () => Launcher.For(context =>
            {
                ServeAt(context, isServing.SetResult);
            }).Run(),
            options => options.ReadyWhen((_, _) => gate.Task)).StartAsync();
        await isServing.Task.Within();
        Assert.That(starting.IsCompleted, Is.False);

        gate.SetResult();

        await using var handle = await starting.Within();
    }

    private static void ServeAt(LaunchContext context) => ServeAt(context, () => { });

    private static void ServeAt(LaunchContext context, Action onServing)
    {
        context.SignalReady(Address);
        onServing();
        context.Stopping.WaitHandle.WaitOne();
    }
}
