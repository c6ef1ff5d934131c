namespace SafeLaunch.Tests.Threading;

/// <summary>Waits go on being recognised once the JIT has optimised the methods that they are recognised by.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OptimizedWaitTests
{
    [Test]
    public void A_wait_still_pumps_after_it_was_called_often_enough_to_be_optimised()
    {
        // Enough calls for the tiers of the JIT, over enough time for it to compile them in the background.
        for (var i = 0; i < 400; i++)
        {
            var wasServed = false;
            using var handle = Launcher.Start(context =>
            {
                using var gate = new ManualResetEventSlim();
                context.SynchronizationContext.Post(_ => gate.Set(), null);
                wasServed = gate.Wait(Gate.Patience);
            });

            Assert.That(wasServed, Is.True, $"in call {i}");
        }
    }
}
