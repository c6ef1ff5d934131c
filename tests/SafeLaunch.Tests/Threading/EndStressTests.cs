using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>Many producers, and an end that comes at any moment among their work.</summary>
public sealed class EndStressTests
{
    private const int Producers = 3;
    private const int Count = 400;

    [Test]
    public async Task Every_post_runs_exactly_once_when_the_thread_is_closed_meanwhile([Values] bool isParked)
    {
        for (var round = 0; round < 25; round++)
        {
            var observer = new Observer();
            var thread = observer.StartThread();
            using var gate = new ManualResetEventSlim();
            if (isParked)
            {
                thread.Context.Post(_ => gate.Wait(), null);
            }

            var posts = new CountedPosts(thread.Context);
            await posts.HalfIsPostedAsync();
            var exit = thread.CloseAsync();
            await posts.AllHaveRunAsync();
            gate.Set();
            await exit.Within();

            Assert.That(posts.Runs, Is.All.EqualTo(1));
            Assert.That(observer.Errors, Is.Empty);
        }
    }

    [Test]
    public async Task Every_post_runs_exactly_once_when_the_launch_is_stopped_meanwhile([Values] bool isParked)
    {
        for (var round = 0; round < 15; round++)
        {
            var handle = await Launcher.For(context =>
            {
                context.SignalReady();
                if (isParked)
                {
                    context.Stopping.WaitHandle.WaitOne();
                }

                return Task.Delay(Timeout.Infinite, context.Stopping);
            }).StartAsync().Within();

            var posts = new CountedPosts(handle.SynchronizationContext);
            await posts.HalfIsPostedAsync();
            var stopping = handle.StopAsync();
            await posts.AllHaveRunAsync();
            var outcome = await stopping.Within();

            Assert.That(posts.Runs, Is.All.EqualTo(1));
            Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        }
    }

    [Test]
    public async Task Every_call_either_runs_or_fails_when_the_thread_is_closed_meanwhile()
    {
        for (var round = 0; round < 25; round++)
        {
            var thread = new Observer().StartThread();
            var runs = new int[Producers * Count];
            var half = Gate.NewSource();
            var producers = Enumerable.Range(0, Producers).Select(producer => Task.Run(() => Call(producer))).ToArray();
            await half.Task.Within();
            var exit = thread.CloseAsync();

            var calls = (await Task.WhenAll(producers).Within()).SelectMany(some => some).ToArray();
            var hasRun = await Task.WhenAll(calls.Select(HasRunAsync)).Within();
            await exit.Within();

            Assert.That(runs, Is.EqualTo(hasRun.Select(ran => ran ? 1 : 0)));

            Task<bool>[] Call(int producer)
            {
                var its = new Task<bool>[Count];
                for (var i = 0; i < Count; i++)
                {
                    var number = (producer * Count) + i;
                    its[i] = thread.Context.InvokeAsync(() => Task.FromResult(Interlocked.Increment(ref runs[number]) == 1));
                    if (i == Count / 2)
                    {
                        half.TrySetResult();
                    }
                }

                return its;
            }
        }

        static async Task<bool> HasRunAsync(Task<bool> call)
        {
            try
            {
                return await call;
            }
            catch (LaunchException)
            {
                return false;
            }
        }
    }

    [Test]
    public async Task No_sender_hangs_when_the_thread_is_closed_meanwhile()
    {
        for (var round = 0; round < 20; round++)
        {
            var thread = new Observer().StartThread();
            var some = Gate.NewSource();
            var senders = Enumerable.Range(0, Producers).Select(_ => Task.Factory.StartNew(
                () => SendUntilGone(thread.Context, some), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            await some.Task.Within();

            await thread.CloseAsync().Within();

            Assert.That(await Task.WhenAll(senders).Within(), Is.All.TypeOf<LaunchException>());
        }

        static Exception? SendUntilGone(LaunchSynchronizationContext context, TaskCompletionSource some)
        {
            while (true)
            {
                if (Caught.By(() => context.Send(_ => some.TrySetResult(), null)) is { } error)
                {
                    return error;
                }
            }
        }
    }

    private sealed class CountedPosts
    {
        private readonly TaskCompletionSource half = Gate.NewSource();
        private readonly TaskCompletionSource all = Gate.NewSource();
        private readonly Task producers;
        private int done;

        public CountedPosts(SynchronizationContext context) =>
            this.producers = Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(() =>
            {
                for (var i = 0; i < Count; i++)
                {
                    context.Post(this.Run, (producer * Count) + i);
                    if (i == Count / 2)
                    {
                        this.half.TrySetResult();
                    }
                }
            })));

        public int[] Runs { get; } = new int[Producers * Count];

        public Task HalfIsPostedAsync() => this.half.Task.Within();

        public async Task AllHaveRunAsync()
        {
            await this.producers.Within();
            await this.all.Task.Within();
        }

        private void Run(object? number)
        {
            Interlocked.Increment(ref this.Runs[(int)number!]);
            if (Interlocked.Increment(ref this.done) == this.Runs.Length)
            {
                this.all.TrySetResult();
            }
        }
    }
}
