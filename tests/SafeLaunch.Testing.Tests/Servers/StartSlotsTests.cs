using SafeLaunch.Servers;

namespace SafeLaunch.Testing.Tests.Servers;

/// <summary>How many servers start at once.</summary>
public sealed class StartSlotsTests
{
    [Test]
    public void At_most_two_servers_per_processor_and_no_more_than_eight_start_at_once() =>
        Assert.That(StartSlots.OfProcess.Count, Is.EqualTo(Math.Min(2 * Environment.ProcessorCount, 8)));

    [Test]
    public async Task A_start_waits_until_an_earlier_start_has_ended()
    {
        var slots = new StartSlots(2) { Patience = Timeout.InfiniteTimeSpan };
        var first = await slots.TakeAsync(CancellationToken.None).Within();
        using var second = await slots.TakeAsync(CancellationToken.None).Within();

        var third = slots.TakeAsync(CancellationToken.None);
        Assert.That(third.IsCompleted, Is.False);
        first.Dispose();

        (await third.Within()).Dispose();
    }

    [Test]
    public async Task A_start_that_has_waited_long_enough_goes_ahead_and_frees_no_slot_of_another()
    {
        var slots = new StartSlots(1) { Patience = TimeSpan.FromMilliseconds(1) };
        using var first = await slots.TakeAsync(CancellationToken.None).Within();

        (await slots.TakeAsync(CancellationToken.None).Within()).Dispose();

        var patient = slots.TakeAsync(CancellationToken.None);
        (await patient.Within()).Dispose();
    }

    [Test]
    public async Task A_cancelled_start_does_not_wait_for_its_turn()
    {
        var slots = new StartSlots(1) { Patience = Timeout.InfiniteTimeSpan };
        using var first = await slots.TakeAsync(CancellationToken.None).Within();
        using var cancelled = new CancellationTokenSource();
        var second = slots.TakeAsync(cancelled.Token);

        await cancelled.CancelAsync();

        Assert.That(await second.ErrorAsync(), Is.InstanceOf<OperationCanceledException>());
    }
}
