namespace SafeLaunch.Threading;

/// <summary>Posted work whose caller waits for it, so that it is rejected after the end where a plain post would run late.</summary>
internal abstract class Invocation
{
    public static readonly SendOrPostCallback Callback = static state => ((Invocation)state!).Run();

    public abstract void Reject(Exception exception);

    protected abstract void Run();
}

/// <summary>Completes when the task of <paramref name="function"/> does, without needing the context again.</summary>
internal sealed class Invocation<T>(Func<Task<T>> function) : Invocation
{
    private readonly Completion<T> completion = new();

    public Task<T> Task => this.completion.Task;

    public override void Reject(Exception exception) => this.completion.Fail(exception);

    protected override void Run()
    {
        var call = this.CallAsync();
        if (call.IsCompleted)
        {
            this.completion.EndAs(call);
            return;
        }

        _ = call.ContinueWith(
            static (ended, self) => ((Invocation<T>)self!).completion.EndAs(ended),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    // An exception of the function becomes the end of a task, just as it was thrown, a cancellation included.
    private async Task<T> CallAsync() => await function().ConfigureAwait(false);
}
