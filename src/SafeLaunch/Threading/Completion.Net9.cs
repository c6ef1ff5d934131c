#if NET9_0_OR_GREATER
namespace SafeLaunch.Threading;

/// <content>Since .NET 9 the source of a task can end as another task has.</content>
internal readonly partial struct Completion<T>
{
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Completion()
    {
    }

    public Task<T> Task => this.source.Task;

    public void EndAs(Task<T> ended) => this.source.TrySetFromTask(ended);
}
#endif
