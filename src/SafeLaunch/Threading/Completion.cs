namespace SafeLaunch.Threading;

/// <summary>A task that ends as another one does, or by an exception, and whose continuations run on no thread that ends it.</summary>
internal readonly struct Completion<T>
{
#if NET
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Completion()
    {
    }

    public Task<T> Task => this.source.Task;

    public void EndAs(Task<T> ended) => this.source.TrySetFromTask(ended);
#else
    // To unwrap it is all that makes one task be cancelled as another one was, with the very exception of that.
    private readonly TaskCompletionSource<Task<T>> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Completion() => this.Task = this.source.Task.Unwrap();

    public Task<T> Task { get; }

    public void EndAs(Task<T> ended) => this.source.TrySetResult(ended);
#endif

    public void Fail(Exception exception) => this.source.TrySetException(exception);
}
