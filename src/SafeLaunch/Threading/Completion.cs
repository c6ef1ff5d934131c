namespace SafeLaunch.Threading;

/// <summary>Mirrors another task, or fails with an exception. Its continuations always run asynchronously.</summary>
internal readonly struct Completion<T>
{
#if NET9_0_OR_GREATER
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Completion()
    {
    }

    public Task<T> Task => this.source.Task;

    public void EndAs(Task<T> ended) => this.source.TrySetFromTask(ended);
#else
    // Only Unwrap cancels one task as another was cancelled, with the very same exception.
    private readonly TaskCompletionSource<Task<T>> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Completion() => this.Task = this.source.Task.Unwrap();

    public Task<T> Task { get; }

    public void EndAs(Task<T> ended) => this.source.TrySetResult(ended);
#endif

    public void Fail(Exception exception) => this.source.TrySetException(exception);
}
