using System.Collections.Concurrent;

namespace SafeLaunch.Tests.Model;

/// <summary>Does what a plan says, and looks that the launch keeps to its contract meanwhile and in the end.</summary>
internal sealed class Play(Plan plan) : IDisposable
{
    private readonly Exception error = new InvalidOperationException("planned");
    private readonly TaskCompletionSource leave = Gate.NewSource();
    private readonly ManualResetEventSlim left = new();
    private readonly ConcurrentQueue<Tally> tallies = new();
    private readonly ConcurrentQueue<LaunchOutcome> outcomes = new();
    private int disposals;

    public async Task RunAsync()
    {
        if (await this.StartAsync() is not { } handle)
        {
            return;
        }

        await Task.WhenAll(plan.Actors.Select(acts => Task.Run(() => this.ActAsync(handle, acts)))).Within();
        var outcome = await (plan.EndsByItself ? handle.Completion : handle.StopAsync()).Within();

        Check(plan.Allows(outcome.Kind), $"it ended as {outcome}");
        Check(this.IsPlanned(outcome.Exception, mayBeNone: outcome.Kind != LaunchOutcomeKind.Crashed), $"its exception is {outcome.Exception}");
        Check(this.outcomes.All(one => one == outcome), "the outcomes differ");
        Check(handle.State == LaunchState.Ended && handle.Stopping.IsCancellationRequested, $"it is {handle.State} after its end");
        Check(this.disposals == (plan.Style == Style.ReturnsServer ? 1 : 0), $"its server was disposed of {this.disposals} times");

        // The same again, when it has ended.
        await this.ActAsync(handle, [Act.Post, Act.Send, Act.Invoke, Act.StopAsync, Act.RequestStop, Act.Dispose]);
        await Task.WhenAll(this.tallies.Select(tally => tally.CheckAsync()));
    }

    public void Dispose() => this.left.Dispose();

    private static void Check(bool isTrue, string message) => Assert.That(isTrue, Is.True, message);

    private static async Task<bool> FailsAsGoneAsync(Func<Task> callAsync)
    {
        try
        {
            await callAsync().Within();
            return false;
        }
        catch (LaunchException)
        {
            return true;
        }
    }

    /// <summary>Null if the start failed, as it then may.</summary>
    private async Task<LaunchHandle?> StartAsync()
    {
        using var cancel = new CancellationTokenSource();
        var starting = Launcher.For(this.Launch).StartAsync(cancel.Token);
        if (plan.IsStartCancelled)
        {
            await cancel.CancelAsync();
        }

        try
        {
            return await starting.Within();
        }
        catch (Exception e) when (plan.MayStartFail)
        {
            Check(e == this.error || (plan.IsStartCancelled && e is OperationCanceledException), $"the start failed with {e}");
            return null;
        }
    }

    private object? Launch(LaunchContext context)
    {
        switch (plan.Style)
        {
            case Style.Blocks:
                context.SignalReady();
                WaitHandle.WaitAny([this.left.WaitHandle, context.Stopping.WaitHandle]);
                return this.leave.Task.IsCompleted ? this.leave.Task : null;
            case Style.Awaits:
                context.SignalReady();
                return Task.WhenAny(this.leave.Task, Task.Delay(Timeout.Infinite, context.Stopping)).Unwrap();
            case Style.ReturnsServer:
                return new Server(() => Interlocked.Increment(ref this.disposals));
            case Style.ThrowsAtOnce:
                throw this.error;
            default:
                return null;
        }
    }

    private async Task ActAsync(LaunchHandle handle, Act[] acts)
    {
        var state = LaunchState.Running;
        foreach (var act in acts)
        {
            await this.ActAsync(handle, act);
            var now = handle.State;
            Check(now >= state, $"it went from {state} back to {now}");
            state = now;
        }
    }

    private async Task ActAsync(LaunchHandle handle, Act act)
    {
        var context = handle.SynchronizationContext;
        var tally = new Tally(act);
        this.tallies.Enqueue(tally);
        switch (act)
        {
            case Act.Post:
                context.Post(_ => tally.Count(), null);
                break;
            case Act.PostInside:
                tally.IsRejected = await FailsAsGoneAsync(() => handle.InvokeAsync(() => context.Post(_ => tally.Count(), null)));
                break;
            case Act.Send:
                tally.IsRejected = await FailsAsGoneAsync(() => Task.Run(() => context.Send(_ => tally.Count(), null)));
                break;
            case Act.Invoke:
                tally.IsRejected = await FailsAsGoneAsync(() => handle.InvokeAsync(tally.Count));
                break;
            case Act.InvokeTask:
                tally.IsRejected = await FailsAsGoneAsync(() => handle.InvokeAsync(() => Task.Run(tally.Count)));
                break;
            case Act.StopInside:
                Check(await FailsAsGoneAsync(() => handle.InvokeAsync(() => { handle.Stop(); })), "it was stopped from inside");
                tally.IsRejected = true;
                break;
            default:
                tally.IsRejected = true;
                await this.EndAsync(handle, act);
                break;
        }
    }

    private async Task EndAsync(LaunchHandle handle, Act act)
    {
        switch (act)
        {
            case Act.Stop:
                this.outcomes.Enqueue(await Task.Run(handle.Stop).Within());
                break;
            case Act.StopAsync:
                this.outcomes.Enqueue(await handle.StopAsync().Within());
                break;
            case Act.StopWithCancelledWait:
                await handle.StopAsync(new(canceled: true)).ContinueWith(_ => { }, TaskScheduler.Default).Within();
                break;
            case Act.Dispose:
                await Task.Run(handle.Dispose).Within();
                break;
            case Act.DisposeAsync:
                await handle.DisposeAsync().AsTask().Within();
                break;
            case Act.RequestStop:
                handle.RequestStop();
                break;
            case Act.RequestStopInside:
                await FailsAsGoneAsync(() => handle.InvokeAsync(handle.RequestStop));
                break;
            case Act.PostThatThrows:
                handle.SynchronizationContext.Post(_ => throw this.error, null);
                break;
            case Act.AsyncVoidThatThrows:
                handle.SynchronizationContext.Post(async _ => await Task.FromException(this.error), null);
                break;
            case Act.LetDelegateReturn:
                this.leave.TrySetResult();
                this.left.Set();
                break;
            case Act.LetDelegateThrow:
                this.leave.TrySetException(this.error);
                this.left.Set();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(act), act, message: null);
        }
    }

    private bool IsPlanned(Exception? exception, bool mayBeNone) => exception switch
    {
        null => mayBeNone,
        AggregateException several => several.InnerExceptions.All(inner => inner == this.error),
        _ => exception == this.error,
    };

    private sealed class Server(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }

    /// <summary>How often work ran that was given to the launch: once, or never if that was said.</summary>
    private sealed class Tally(Act act)
    {
        private readonly TaskCompletionSource hasRun = Gate.NewSource();
        private int runs;

        public bool IsRejected { get; set; }

        public void Count()
        {
            Interlocked.Increment(ref this.runs);
            this.hasRun.TrySetResult();
        }

        public async Task CheckAsync()
        {
            if (!this.IsRejected)
            {
                await this.hasRun.Task.Within();
            }

            Check(this.runs == (this.IsRejected ? 0 : 1), $"{act} ran {this.runs} times");
        }
    }
}
