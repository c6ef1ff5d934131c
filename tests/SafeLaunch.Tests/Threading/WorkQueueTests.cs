using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

public sealed class WorkQueueTests
{
    private static readonly WorkItem Item = NewItem(0);

    [Test]
    public void The_first_item_owes_a_wake_up_and_those_after_it_do_not()
    {
        var queue = new WorkQueue();

        Assert.That(queue.Add(Item), Is.EqualTo(Consumer.Idle));
        Assert.That(queue.Add(Item), Is.EqualTo(Consumer.Running));
        Assert.That(queue.Consumer, Is.EqualTo(Consumer.Running));
    }

    [Test]
    public void Items_are_taken_in_the_order_in_which_they_were_added()
    {
        var queue = new WorkQueue();
        for (var i = 0; i < 100; i++)
        {
            queue.Add(NewItem(i));
        }

        Assert.That(TakeAll(queue), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(queue.IsEmpty, Is.True);
    }

    [TestCase(Consumer.Idle)]
    [TestCase(Consumer.Parked)]
    public void A_consumer_may_rest_when_there_is_nothing_to_do_and_the_next_item_owes_the_wake_up(object how)
    {
        var queue = Running();

        Assert.That(queue.TryRest((Consumer)how), Is.True);
        Assert.That(queue.Consumer, Is.EqualTo(how));
        Assert.That(queue.Add(Item), Is.EqualTo(how));
        Assert.That(queue.Add(Item), Is.EqualTo(Consumer.Running));
    }

    [Test]
    public void A_queue_says_that_more_is_coming_as_soon_as_it_has_an_item()
    {
        var queue = Running();

        Assert.That(queue.IsMoreComing(), Is.False);
        queue.Add(Item);
        Assert.That(queue.IsMoreComing(), Is.True);
    }

    [TestCase(Consumer.Idle)]
    [TestCase(Consumer.Parked)]
    public void A_consumer_may_not_rest_while_there_is_something_to_do(object how)
    {
        var queue = Running();
        queue.Add(Item);

        Assert.That(queue.TryRest((Consumer)how), Is.False);
        Assert.That(queue.Consumer, Is.EqualTo(Consumer.Running));
    }

    [Test]
    public void A_queue_is_idle_where_it_is_empty_and_its_consumer_is_back_in_its_loop()
    {
        var queue = new WorkQueue();
        Assert.That(queue.IsIdle, Is.True);

        queue.Add(Item);
        Assert.That(queue.IsIdle, Is.False, "something is to be done");

        queue.TryTake(out _);
        Assert.That(queue.IsIdle, Is.False, "something is being done");

        queue.TryRest(Consumer.Parked);
        Assert.That(queue.IsIdle, Is.False, "something that is being done waits");

        queue.Resume(from: Consumer.Parked);
        queue.TryRest(Consumer.Idle);
        Assert.That(queue.IsIdle, Is.True);
    }

    [Test]
    public void A_consumer_that_resumes_by_itself_is_owed_no_wake_up()
    {
        var queue = Running();
        queue.TryRest(Consumer.Parked);

        queue.Resume(from: Consumer.Parked);

        Assert.That(queue.Add(Item), Is.EqualTo(Consumer.Running));
    }

    [Test]
    public void A_consumer_that_was_woken_stays_awake_when_it_resumes()
    {
        var queue = Running();
        queue.TryRest(Consumer.Parked);
        queue.Add(Item);

        queue.Resume(from: Consumer.Parked);

        Assert.That(queue.Consumer, Is.EqualTo(Consumer.Running));
        Assert.That(queue.TryTake(out _), Is.True);
    }

    [TestCase(Consumer.Idle)]
    [TestCase(Consumer.Parked)]
    [TestCase(Consumer.Running)]
    public void A_closed_queue_stays_closed_though_its_consumer_goes_on(object was)
    {
        var queue = Running();
        queue.TryRest((Consumer)was);

        queue.Close();

        Assert.That(queue.Add(Item), Is.EqualTo(Consumer.Gone));
        queue.Resume(from: Consumer.Parked);
        Assert.That(queue.TryRest(Consumer.Idle), Is.True);
        Assert.That(queue.Consumer, Is.EqualTo(Consumer.Gone));
        Assert.That(queue.TryTake(out _), Is.True, "a producer that sees that the consumer is gone can take its item back");
    }

    [Test]
    public async Task No_wake_up_is_lost_and_none_is_owed_twice()
    {
        const int Producers = 3;
        const int Count = 100_000;
        var queue = new WorkQueue();
        using var wakeUps = new SemaphoreSlim(0);
        var last = Enumerable.Repeat(-1, Producers).ToArray();
        var rests = 0;
        var isInOrder = true;

        var producers = Enumerable.Range(0, Producers).Select(producer => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Count; i++)
                {
                    if (queue.Add(NewItem((producer * Count) + i)) is Consumer.Idle or Consumer.Parked)
                    {
                        wakeUps.Release();
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        var consumer = Task.Factory.StartNew(Consume, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(producers).Within();

        Assert.That(await consumer.Within(), Is.True, "a wake-up was lost");
        Assert.That(isInOrder, Is.True);
        Assert.That(last, Is.All.EqualTo(Count - 1));
        Assert.That(wakeUps.CurrentCount, Is.Zero, "a wake-up was owed twice");

        bool Consume()
        {
            for (var taken = 0; ;)
            {
                // It rests first, as a queue is made with its consumer at rest.
                if (!wakeUps.Wait(Gate.Patience))
                {
                    return false;
                }

                do
                {
                    while (queue.TryTake(out var item))
                    {
                        var (producer, number) = Math.DivRem((int)item.State!, Count);
                        isInOrder &= number == last[producer] + 1;
                        last[producer] = number;
                        taken++;
                    }

                    if (taken == Producers * Count)
                    {
                        return true;
                    }
                }
                while (!queue.TryRest(rests++ % 2 == 0 ? Consumer.Idle : Consumer.Parked));
            }
        }
    }

    [Test]
    public async Task Every_item_that_is_added_while_the_queue_is_closed_is_taken()
    {
        for (var round = 0; round < 500; round++)
        {
            var queue = Running();
            using var start = new Barrier(2);
            var taken = 0;
            var adding = Task.Run(() =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 20; i++)
                {
                    if (queue.Add(Item) == Consumer.Gone)
                    {
                        Empty();
                    }
                }
            });

            start.SignalAndWait();
            queue.Close();
            Empty();
            await adding.Within();

            Assert.That(taken, Is.EqualTo(20));

            void Empty()
            {
                while (queue.TryTake(out _))
                {
                    Interlocked.Increment(ref taken);
                }
            }
        }
    }

    private static WorkQueue Running()
    {
        var queue = new WorkQueue();
        queue.Add(Item);
        queue.TryTake(out _);
        return queue;
    }

    private static WorkItem NewItem(int number) => new(static _ => { }, number, executionContext: null);

    private static List<int> TakeAll(WorkQueue queue)
    {
        var taken = new List<int>();
        while (queue.TryTake(out var item))
        {
            taken.Add((int)item.State!);
        }

        return taken;
    }
}
