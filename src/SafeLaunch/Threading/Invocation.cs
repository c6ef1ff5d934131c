namespace SafeLaunch.Threading;

/// <summary>Posted work whose caller waits for it, so that it is rejected after the end where a plain post would run late.</summary>
internal abstract class Invocation
{
    public static readonly SendOrPostCallback Callback = static state => ((Invocation)state!).Run();

    public abstract void Reject(Exception exception);

    protected abstract void Run();
}

/// <summary>An invocation that ends with the task of <paramref name="function"/>, and without the context's help.</summary>
internal sealed class Invocation<T>(Func<Task<T>> function) : Invocation
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => this.completion.Task;

    public override void Reject(Exception exception) => this.completion.TrySetException(exception);

    protected override void Run() => _ = this.RunAsync();

    private async Task RunAsync()
    {
        try
        {
            this.completion.TrySetResult(await function().ConfigureAwait(false));
        }
        catch (OperationCanceledException e) when (e.CancellationToken.IsCancellationRequested)
        {
            this.completion.TrySetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            this.completion.TrySetException(e);
        }
    }
}
