using System.Globalization;
using System.Transactions;

namespace SafeLaunch.Tests.Threading;

public sealed class ExecutionContextTests
{
    private static readonly AsyncLocal<string?> Local = new();

    [TearDown]
    public void Forget() => Local.Value = null;

    [Test]
    public async Task Posted_work_sees_the_AsyncLocals_of_its_poster()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var seen = Gate.NewSource<string?>();

        Local.Value = "poster";
        handle.SynchronizationContext.Post(_ => seen.SetResult(Local.Value), null);

        Assert.That(await seen.Task.Within(), Is.EqualTo("poster"));
    }

    [Test]
    public void A_launch_starts_and_stops_for_a_caller_who_has_suppressed_the_flow()
    {
        using (ExecutionContext.SuppressFlow())
        {
            var handle = Launcher.For(() => { }).Start();

            Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
            Assert.That(ExecutionContext.IsFlowSuppressed(), Is.True);
        }
    }

    [Test]
    public async Task AsyncLocals_that_a_callback_sets_are_seen_neither_by_its_poster_nor_by_the_next_callback()
    {
        await using var handle = Launcher.For(() => { }).Start();

        await handle.InvokeAsync(() => { Local.Value = "callback"; }).Within();
        var next = await handle.InvokeAsync(() => Local.Value).Within();

        Assert.That(next, Is.Null);
        Assert.That(Local.Value, Is.Null);
    }

    [Test]
    public async Task Work_that_is_posted_without_a_flow_sees_no_AsyncLocals_of_any_poster()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var seen = Gate.NewSource<string?>();

        Local.Value = "poster";
        handle.SynchronizationContext.Post(_ => { }, null);
        using (ExecutionContext.SuppressFlow())
        {
            handle.SynchronizationContext.Post(_ => seen.SetResult(Local.Value), null);
        }

        Assert.That(ExecutionContext.IsFlowSuppressed(), Is.False);
        Assert.That(await seen.Task.Within(), Is.Null);
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task Work_that_runs_in_a_wait_does_not_change_the_AsyncLocals_of_the_waiting_code()
    {
        await using var handle = Launcher.For(() => { }).Start();

        var (during, after) = await handle.InvokeAsync(() =>
        {
            using var gate = new ManualResetEventSlim();
            string? during = null;
            Local.Value = "poster";
            SynchronizationContext.Current!.Post(
                _ =>
                {
                    during = Local.Value;
                    Local.Value = "callback";
                    gate.Set();
                },
                null);
            Local.Value = "waiting";
            gate.Pass();
            return (during, Local.Value);
        }).Within();

        Assert.That(during, Is.EqualTo("poster"));
        Assert.That(after, Is.EqualTo("waiting"));
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task Work_that_runs_in_a_wait_does_not_change_the_suppressed_flow_of_the_waiting_code()
    {
        await using var handle = Launcher.For(() => { }).Start();

        var (during, after) = await handle.InvokeAsync(() =>
        {
            using var ran = new ManualResetEventSlim();
            var wasSuppressed = true;
            using (ExecutionContext.SuppressFlow())
            {
                handle.SynchronizationContext.Post(
                    _ =>
                    {
                        wasSuppressed = ExecutionContext.IsFlowSuppressed();
                        ran.Set();
                    },
                    null);
                ran.Pass();
                return (wasSuppressed, ExecutionContext.IsFlowSuppressed());
            }
        }).Within();

        Assert.That(during, Is.False);
        Assert.That(after, Is.True);
    }

    [Test]
    public async Task Work_that_is_posted_after_the_end_sees_the_AsyncLocals_of_its_poster()
    {
        var handle = Launcher.For(() => { }).Start();
        var context = handle.SynchronizationContext;
        await handle.StopAsync().Within();
        var seen = Gate.NewSource<string?>();

        Local.Value = "poster";
        context.Post(_ => seen.SetResult(Local.Value), null);

        Assert.That(await seen.Task.Within(), Is.EqualTo("poster"));
    }

    [Test]
    public async Task The_AsyncLocals_of_the_caller_reach_the_launch_only_if_they_are_to_flow([Values] bool flows)
    {
        var seen = new List<string?>();
        Local.Value = "caller";

        await using var handle = await Launcher.For(
            async () =>
            {
                seen.Add(Local.Value);
                await Task.Yield();
                seen.Add(Local.Value);
                seen.Add(await Task.Run(() => Local.Value));
            },
            options =>
            {
                options.FlowExecutionContext = flows;
                options.ConfigureLaunchHost(_ => seen.Add(Local.Value));
            }).StartAsync().Within();

        Assert.That(seen, Has.Count.EqualTo(4));
        Assert.That(seen, Is.All.EqualTo(flows ? "caller" : null));
        Assert.That(Local.Value, Is.EqualTo("caller"));
    }

    [Test]
    public async Task The_culture_of_the_caller_reaches_the_launch_only_if_it_is_to_flow([Values] bool flows)
    {
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var callers = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        CultureInfo? seen = null;
        CultureInfo? seenUI = null;
        try
        {
            CultureInfo.CurrentCulture = callers;
            CultureInfo.CurrentUICulture = callers;
            await using var handle = Launcher.For(
                () =>
                {
                    seen = CultureInfo.CurrentCulture;
                    seenUI = CultureInfo.CurrentUICulture;
                },
                options => options.FlowExecutionContext = flows).Start();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = uiCulture;
        }

        Assert.That(seen, Is.Not.Null);
        Assert.That(ReferenceEquals(seen, callers), Is.EqualTo(flows));
        Assert.That(ReferenceEquals(seenUI, callers), Is.EqualTo(flows));
    }

    [Test]
    [NotOnMono(Mono.LetsNoTransactionFlow)]
    public async Task The_ambient_transaction_of_the_caller_reaches_the_launch_only_if_it_is_to_flow([Values] bool flows)
    {
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        var callers = Transaction.Current;
        Transaction? seen = null;

        await using var handle = await Launcher.For(
            () => { seen = Transaction.Current; },
            options => options.FlowExecutionContext = flows).StartAsync().Within();

        Assert.That(callers, Is.Not.Null);
        Assert.That(seen, flows ? Is.EqualTo(callers) : Is.Null);
        Assert.That(Transaction.Current, Is.EqualTo(callers));
    }

    [Test]
    public void A_launch_can_be_started_while_the_flow_is_suppressed([Values] bool flows)
    {
        Local.Value = "caller";
        string? seen = "not run";

        using (ExecutionContext.SuppressFlow())
        {
            using var handle = Launcher.For(() => { seen = Local.Value; }, options => options.FlowExecutionContext = flows).Start();

            Assert.That(ExecutionContext.IsFlowSuppressed(), Is.True);
            Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        }

        Assert.That(seen, Is.Null);
    }

    [Test]
    public void Starting_a_launch_leaves_the_flow_and_the_context_of_the_caller_as_they_were()
    {
        var context = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            using var handle = Launcher.For(() => { }).Start();

            Assert.That(ExecutionContext.IsFlowSuppressed(), Is.False);
            Assert.That(SynchronizationContext.Current, Is.SameAs(context));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }
}
