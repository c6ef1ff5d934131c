#if !NET9_0_OR_GREATER
namespace SafeLaunch.Threading;

/// <content>Before .NET 9 only Unwrap cancels one task as another was cancelled, with the very same exception.</content>
internal readonly partial struct Completion<T>
{
    private readonly TaskCompletionSource<Task<T>> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Completion() => this.Task = this.source.Task.Unwrap();

    public Task<T> Task { get; }

    public void EndAs(Task<T> ended) => this.source.TrySetResult(ended);
}
#endif
