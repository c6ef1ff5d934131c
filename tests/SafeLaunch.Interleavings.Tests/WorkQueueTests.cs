using Microsoft.Coyote.Specifications;
using SafeLaunch.Threading;

namespace SafeLaunch.Interleavings.Tests;

public sealed class WorkQueueTests
{
    private static readonly WorkItem Item = new(static _ => { }, state: null, executionContext: null);

    [TestCase(Consumer.Idle)]
    [TestCase(Consumer.Parked)]
    public void No_wake_up_is_lost_and_none_is_owed_twice(object how) =>
        Exploration.AllPass(() => ServeAsync(items: 4, queue => queue.TryRest((Consumer)how)));

    [Test]
    public void The_exploration_finds_a_consumer_that_rests_with_work_queued()
    {
        var (bug, _) = Exploration.FindBug(() => ServeAsync(items: 4, queue =>
        {
            queue.TryRest(Consumer.Idle);
            return true;
        }));

        Assert.That(bug, Does.Contain("Deadlock"));
    }

    [Test]
    public void A_consumer_that_resumes_by_itself_misses_nothing() =>
        Exploration.AllPass(() => ServeAsync(items: 4, queue =>
        {
            if (!queue.TryRest(Consumer.Parked))
            {
                return false;
            }

            // The wait that it is parked in has ended by itself, and it comes back to the loop that hosts it.
            queue.Resume(from: Consumer.Parked);
            return queue.TryRest(Consumer.Idle);
        }, mayBeWokenInVain: true));

    [Test]
    public void Every_item_is_taken_when_the_queue_is_closed_meanwhile() => Exploration.AllPass(async () =>
    {
        var queue = new WorkQueue();
        var taken = 0;
        var producers = Produce(queue, items: 4, how =>
        {
            if (how == Consumer.Gone)
            {
                Empty();
            }
        });
        queue.Close();
        Empty();
        await producers;

        Specification.Assert(taken == 4, "{0} of 4 were taken.", taken);

        void Empty()
        {
            while (queue.TryTake(out _))
            {
                Interlocked.Increment(ref taken);
            }
        }
    });

    [Test]
    public void A_queue_that_is_closed_while_its_consumer_rests_stays_closed() => Exploration.AllPass(async () =>
    {
        var queue = new WorkQueue();
        queue.Add(Item);
        queue.TryTake(out _);
        var resting = Task.Run(() =>
        {
            queue.TryRest(Consumer.Parked);
            queue.Resume(from: Consumer.Parked);
            queue.TryRest(Consumer.Idle);
        });
        queue.Close();
        await resting;

        Specification.Assert(queue.Consumer == Consumer.Gone, "It is {0}.", queue.Consumer);
        Specification.Assert(queue.Add(Item) == Consumer.Gone, "A producer does not see that the consumer is gone.");
    });

    [Test]
    public void A_queue_is_idle_only_once_all_earlier_items_have_been_served() => Exploration.AllPass(async () =>
    {
        var queue = new WorkQueue();
        var served = 0;
        queue.Add(Item);
        var serving = Task.Run(() =>
        {
            do
            {
                while (queue.TryTake(out _))
                {
                    Interlocked.Increment(ref served);
                }
            }
            while (!queue.TryRest(Consumer.Idle));
        });
        if (queue.Add(Item) == Consumer.Running)
        {
            for (var i = 0; i < 5; i++)
            {
                Specification.Assert(!queue.IsIdle || served == 2, "It said so with {0} of 2 served.", served);
            }
        }

        await serving;
    });

    /// <summary>Two producers and a consumer that waits to be woken whenever it may rest.</summary>
    private static async Task ServeAsync(int items, Func<WorkQueue, bool> tryRest, bool mayBeWokenInVain = false)
    {
        var queue = new WorkQueue();
        using var wakeUps = new SemaphoreSlim(0);
        var producers = Produce(queue, items, how =>
        {
            if (how is Consumer.Idle or Consumer.Parked)
            {
                wakeUps.Release();
            }
        });
        var taken = 0;
        while (taken < items)
        {
            // It rests first, as a queue is made with its consumer at rest.
            await wakeUps.WaitAsync();
            do
            {
                while (queue.TryTake(out _))
                {
                    taken++;
                }
            }
            while (taken < items && !tryRest(queue));
        }

        await producers;
        Specification.Assert(mayBeWokenInVain || wakeUps.CurrentCount == 0, "A wake-up was owed twice.");
    }

    private static Task Produce(WorkQueue queue, int items, Action<Consumer> whenAdded) =>
        Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < items / 2; i++)
            {
                whenAdded(queue.Add(Item));
            }
        })));
}
