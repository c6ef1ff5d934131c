using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Tests.Threading;

/// <summary>The places where docs/context.md says that a pumping wait is re-entrant, and that BlockingWaitBehavior.Block turns that off.</summary>
[NotOnMono(Mono.TellsOfHandlesOnly)]
public sealed class HeldLockTests
{
    [TestCaseSource(nameof(Places))]
    public async Task A_callback_gets_into_a_place_that_waits_only_where_waits_pump(Func<Action, Action> makeEntry, string seenInside)
    {
        Assert.That(await SeenInsideAsync(BlockingWaitBehavior.Pump), Is.EqualTo(seenInside));
        Assert.That(await SeenInsideAsync(BlockingWaitBehavior.Block), Is.EqualTo("nothing"));

        async Task<string> SeenInsideAsync(BlockingWaitBehavior waits)
        {
            await using var handle = Launcher.For(() => { }, options => options.BlockingWaits = waits).Start();
            return await handle.InvokeAsync(() =>
            {
                using var hasRun = new ManualResetEventSlim();
                var seen = "nothing";
                var isInside = false;
                var enters = 0;
                Action enter = null!;
                enter = makeEntry(() =>
                {
                    enters++;
                    if (enters > 1)
                    {
                        seen = "entered again";
                        return;
                    }

                    isInside = true;
                    SynchronizationContext.Current!.Post(
                        _ =>
                        {
                            if (isInside)
                            {
                                seen = Caught.By(enter)?.GetType().Name ?? seen;
                                hasRun.Set();
                            }
                        },
                        null);
                    Wait(hasRun, waits);
                    isInside = false;
                });
                enter();
                return seen;
            }).Within();
        }
    }

    [Test]
    public async Task A_callback_sees_a_static_field_that_is_still_null_only_where_waits_pump()
    {
        await using var pumping = Launcher.For(() => { }).Start();
        await using var blocking = Launcher.For(() => { }, options => options.BlockingWaits = BlockingWaitBehavior.Block).Start();

        await pumping.InvokeAsync(() => GC.KeepAlive(Initialized<Pumping>.Value)).Within();
        await blocking.InvokeAsync(() => GC.KeepAlive(Initialized<Blocking>.Value)).Within();

        Assert.That(Initialized<Pumping>.SeenInside, Is.Null);
        Assert.That(Initialized<Blocking>.SeenInside, Is.EqualTo("nothing"));
    }

    private static IEnumerable<TestCaseData> Places()
    {
        yield return Case("a lock", "entered again", inside =>
        {
            var held = new object();
            return () =>
            {
                lock (held)
                {
                    inside();
                }
            };
        });
        yield return Case("the factory of a Lazy", nameof(InvalidOperationException), inside =>
        {
            var lazy = new Lazy<object>(() => New(inside));
            return () => _ = lazy.Value;
        });
        yield return Case("the factory of a Lazy that publishes only", "entered again", inside =>
        {
            var lazy = new Lazy<object>(() => New(inside), LazyThreadSafetyMode.PublicationOnly);
            return () => _ = lazy.Value;
        });
        yield return Case("the factory of a singleton", "entered again", inside =>
        {
            var services = new ServiceCollection().AddSingleton(_ => New(inside)).BuildServiceProvider();
            return () => services.GetRequiredService<object>();
        });
    }

    private static TestCaseData Case(string name, string seenInside, Func<Action, Action> makeEntry) =>
        new TestCaseData(makeEntry, seenInside).SetArgDisplayNames(name);

    private static object New(Action inside)
    {
        inside();
        return new();
    }

    /// <summary>The callback ends a wait that pumps.</summary>
    private static void Wait(ManualResetEventSlim hasRun, BlockingWaitBehavior waits)
    {
        if (waits == BlockingWaitBehavior.Pump)
        {
            hasRun.Pass();
        }
        else
        {
            hasRun.PassOnceResting();
        }
    }

    /// <summary>A type whose initializer waits; one for each kind of wait.</summary>
    private static class Initialized<TWaits>
    {
        public static readonly object Value = Wait();

        public static object? SeenInside { get; private set; }

        private static object Wait()
        {
            using var hasRun = new ManualResetEventSlim();
            var isInside = true;
            SeenInside = "nothing";
            SynchronizationContext.Current!.Post(
                _ =>
                {
                    if (isInside)
                    {
                        SeenInside = Value;
                        hasRun.Set();
                    }
                },
                null);
            HeldLockTests.Wait(hasRun, typeof(TWaits) == typeof(Pumping) ? BlockingWaitBehavior.Pump : BlockingWaitBehavior.Block);
            isInside = false;
            return new();
        }
    }

    private sealed class Pumping;

    private sealed class Blocking;
}
